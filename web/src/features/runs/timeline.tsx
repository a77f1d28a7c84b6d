'use client';

import { useTranslations } from 'next-intl';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { ShownStep } from './loaders.ts';
import { runAddress } from './run-address.ts';
import { stepTree } from './step-tree.ts';
import { timeScale } from './time-scale.ts';
import { workSpans, type Asked } from './time-spent.ts';
import { TimelineAxis } from './timeline-axis.tsx';
import { TimelineRow } from './timeline-row.tsx';
import { timelineRows } from './timeline-rows.ts';
import { useStepKeys } from './use-step-keys.ts';

interface TimelineProps {
  runId: string;
  steps: ShownStep[];
  /** What people were asked meanwhile. */
  asked: Asked[];
  /** The step that is open in the inspector. */
  selected: string | null;
  /** Until when the run has come, in milliseconds. */
  until: number;
}

/** The steps of a run, one a row, each with its time on a common line. */
export function Timeline({ runId, steps, asked, selected, until }: TimelineProps) {
  const t = useTranslations('Timeline');
  const area = useRef<HTMLDivElement>(null);
  const tree = useMemo(() => stepTree(steps), [steps]);
  const scale = useMemo(() => scaleOf({ steps, asked }, until), [steps, asked, until]);
  const [opened, setOpened] = useState<ReadonlyMap<string, boolean>>(new Map());
  const rows = timelineRows(tree, opened, selected);
  const toggle = useCallback(
    (path: string, isOpen: boolean): void => setOpened((now) => new Map([...now, [path, isOpen]])),
    [],
  );
  useStepKeys(area, { toggle, closed: selected === null ? null : runAddress(runId) });
  if (steps.length === 0)
    return <p className="rounded-2 hatched p-6 text-center text-explain">{t('none')}</p>;
  return (
    <div ref={area} className="overflow-hidden rounded-2 border border-line-soft bg-ink-1">
      <TimelineAxis waits={scale.waits}>
        <ol aria-label={t('title')}>
          {rows.map((row) =>
            'hidden' in row ? (
              <li key={`${row.path} more`} className="border-b border-line-soft ps-3">
                <button
                  type="button"
                  onClick={() => toggle(`${row.path} all`, true)}
                  className="min-h-8 cursor-pointer text-13 text-explain hover:text-say"
                  style={{ paddingInlineStart: `${row.depth * 16 + 22}px` }}
                >
                  {t('showSettled', { count: row.hidden })}
                </button>
              </li>
            ) : (
              <TimelineRow
                key={row.node.path}
                {...{ runId, row, scale, until }}
                isSelected={row.node.path === selected}
                onToggle={toggle}
              />
            ),
          )}
        </ol>
      </TimelineAxis>
    </div>
  );
}

function scaleOf({ steps, asked }: { steps: ShownStep[]; asked: Asked[] }, until: number) {
  const begins = steps.flatMap(({ startedAt, reusedFrom }) =>
    startedAt === null || reusedFrom !== null ? [] : [Date.parse(startedAt)],
  );
  return timeScale(workSpans(steps, asked, until), { from: Math.min(...begins, until), to: until });
}
