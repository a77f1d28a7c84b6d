'use client';

import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { timeText } from './duration.tsx';
import type { TimeScale } from './time-scale.ts';

/** The columns of the timeline: the step, its place on the line, its time. */
export const TIMELINE_COLUMNS =
  'grid grid-cols-[minmax(0,1fr)_4.5rem] md:grid-cols-[minmax(0,2fr)_minmax(0,3fr)_4.5rem]';

/** What stands around the rows: their headings, and through all of them the waits that are drawn shorter. */
export function TimelineAxis({ waits, children }: { waits: TimeScale['waits']; children: ReactNode }) {
  const t = useTranslations('Timeline');
  const format = useFormatter();
  const text = (ms: number) => timeText(format, ms);
  const waited = waits.reduce((total, { ms }) => total + ms, 0);
  return (
    <>
      <div
        aria-hidden="true"
        className={`${TIMELINE_COLUMNS} items-center border-b border-line-soft py-1 text-12 text-aside`}
      >
        <span className="ps-3">{t('step')}</span>
        <div className="relative mx-2 h-5 max-md:hidden">
          {waits.map(({ from, to, ms }) => (
            <span
              key={from}
              title={t('waited', { time: text(ms) })}
              className="absolute top-0.5 truncate text-center"
              style={{ insetInlineStart: `${from * 100}%`, width: `${(to - from) * 100}%` }}
            >
              {text(ms)}
            </span>
          ))}
        </div>
        <span className="pe-3 text-end">{t('took')}</span>
      </div>
      <div className="relative">
        {waits.length === 0 ? null : (
          <div aria-hidden="true" className={`${TIMELINE_COLUMNS} absolute inset-0 max-md:hidden`}>
            <span />
            <div className="relative mx-2">
              {waits.map(({ from, to }) => (
                <span
                  key={from}
                  className="absolute inset-y-0 hatched"
                  style={{ insetInlineStart: `${from * 100}%`, width: `${(to - from) * 100}%` }}
                />
              ))}
            </div>
          </div>
        )}
        <div className="relative">{children}</div>
      </div>
      {waits.length === 0 ? null : (
        <p className="border-t border-line-soft px-3 py-2 text-12 text-aside">
          {t('shortened', { count: waits.length, time: text(waited) })}
        </p>
      )}
    </>
  );
}
