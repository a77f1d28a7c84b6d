'use client';

import { useTimeZone, useTranslations } from 'next-intl';
import { useRef, useState, type ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { DialogForm } from '../../components/dialog-form.tsx';
import { Field } from '../../components/field.tsx';
import { Input } from '../../components/input.tsx';
import { useChange } from '../../components/use-change.ts';
import { When } from '../../components/when.tsx';
import { typedIn } from '../../lib/typed-in.ts';
import { momentIn } from '../../lib/zoned-time.ts';
import { backfillSchedule, previewBackfill } from './actions.ts';

const SHOWN = 12;

/** Makes up for past times of a schedule, with what that would start before it is started. */
export function Backfill({ scheduleId }: { scheduleId: string }) {
  const t = useTranslations('Schedules');
  const zone = useTimeZone() ?? 'UTC';
  const periodOf = (form: FormData) => ({
    scheduleId,
    from: momentIn(zone, typedIn(form, 'from')) ?? '',
    until: momentIn(zone, typedIn(form, 'until')) ?? '',
  });
  return (
    <DialogForm
      open={t('backfill')}
      title={t('backfillTitle')}
      description={t('backfillText')}
      submit={t('backfillSubmit')}
      fields={['from', 'until']}
      act={(form, idempotencyKey) => backfillSchedule({ ...periodOf(form), idempotencyKey })}
    >
      {(problemOf) => (
        <PreviewedPeriod periodOf={periodOf}>
          {(['from', 'until'] as const).map((name) => (
            <Field key={name} label={t(name)} hint={zone} problem={problemOf(name)}>
              {(parts) => <Input {...parts} type="datetime-local" name={name} required />}
            </Field>
          ))}
        </PreviewedPeriod>
      )}
    </DialogForm>
  );
}

type Period = Parameters<typeof previewBackfill>[0];

/** The fields of a period, and what it would start: shown until the period is changed. */
function PreviewedPeriod({
  periodOf,
  children,
}: {
  periodOf: (form: FormData) => Period;
  children: ReactNode;
}) {
  const t = useTranslations('Schedules');
  const place = useRef<HTMLDivElement>(null);
  const asked = useRef<Period | null>(null);
  const [found, setFound] = useState<{ count: number; times: string[] } | null>(null);
  const { isBusy, words, run } = useChange();
  const forget = (): void => {
    asked.current = null;
    setFound(null);
  };
  const show = (): void => {
    const form = place.current?.closest('form');
    if (!form?.reportValidity()) return;
    const period = periodOf(new FormData(form));
    asked.current = period;
    run(async () => {
      const { data, problem } = await previewBackfill(period);
      if (asked.current === period) setFound(data);
      return problem;
    });
  };
  return (
    <div ref={place} className="contents" onInput={forget}>
      {children}
      <Button className="self-start" isBusy={isBusy} onClick={show}>
        {t('preview')}
      </Button>
      <div role="status" className="text-13">
        {words === null ? null : <p className="text-fail">{words}</p>}
        {found === null ? null : (
          <>
            <p className="mb-1 font-medium">{t('wouldStart', { count: found.count })}</p>
            <ol className="grid grid-cols-2 gap-x-4 text-explain">
              {found.times.slice(0, SHOWN).map((at) => (
                <li key={at}>
                  <When at={at} />
                </li>
              ))}
            </ol>
            {found.count > SHOWN ? (
              <p className="text-aside">{t('andMore', { count: found.count - SHOWN })}</p>
            ) : null}
          </>
        )}
      </div>
    </div>
  );
}
