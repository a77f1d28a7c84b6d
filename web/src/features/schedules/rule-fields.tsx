'use client';

import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { Input, Select, Textarea } from '../../components/input.tsx';
import { useChange } from '../../components/use-change.ts';
import { When } from '../../components/when.tsx';
import { typedIn } from '../../lib/typed-in.ts';
import { previewSchedule } from './actions.ts';
import {
  CALENDAR_FIELDS,
  dueTimes,
  inUnits,
  RULE_KINDS,
  ruleKindsOf,
  UNITS,
  type RuleKind,
  type Unit,
} from './due-times.ts';
import type { ScheduleSpec } from './loaders.ts';

interface RuleFieldsProps {
  /** When it is due now; null for a new schedule. */
  spec: ScheduleSpec | null;
  zone: string;
  problemOf: (field: string) => string | null;
}

/** When a schedule is due: by cron texts, after a fixed time, or by the calendar; with the next times to try it out. */
export function RuleFields({ spec, zone, problemOf }: RuleFieldsProps) {
  const t = useTranslations('Schedules');
  const kinds = spec === null ? [] : ruleKindsOf(spec);
  const [kind, setKind] = useState<RuleKind>(kinds[0] ?? 'cron');
  return (
    <fieldset className="flex flex-col gap-4">
      <Field label={t('rule')} hint={kinds.length > 1 ? t('mixed') : undefined}>
        {(parts) => (
          <Select
            {...parts}
            name="rule"
            value={kind}
            onChange={(event) => setKind(event.target.value as RuleKind)}
          >
            {RULE_KINDS.map((one) => (
              <option key={one} value={one}>
                {t(`rules.${one}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {kind === 'cron' ? (
        <Field label={t('crons')} hint={t('cronHint')} problem={problemOf('crons') ?? problemOf('crons.0')}>
          {(parts) => (
            <Textarea
              {...parts}
              name="crons"
              required
              dir="ltr"
              className="font-mono"
              defaultValue={spec?.crons.join('\n') || '0 9 * * 1-5'}
            />
          )}
        </Field>
      ) : null}
      {kind === 'interval' ? (
        <IntervalFields spec={spec} problem={problemOf('intervals.0.everySeconds')} />
      ) : null}
      {kind === 'calendar' ? <CalendarFields spec={spec} problemOf={problemOf} /> : null}
      <Field
        label={t('zone')}
        hint={kind === 'interval' ? t('zoneOfInterval') : undefined}
        problem={problemOf('timeZone')}
      >
        {(parts) => <ZoneSelect {...parts} zone={spec?.timeZone ?? zone} />}
      </Field>
      <NextTimes />
    </fieldset>
  );
}

function ZoneSelect({ zone, ...parts }: { zone: string; id: string }) {
  const zones = [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', zone])].sort();
  return (
    <Select {...parts} name="zone" defaultValue={zone} className="max-w-full">
      {zones.map((one) => (
        <option key={one}>{one}</option>
      ))}
    </Select>
  );
}

function IntervalFields({ spec, problem }: { spec: ScheduleSpec | null; problem: string | null }) {
  const t = useTranslations('Schedules');
  const { count, unit } = inUnits(spec?.intervals[0]?.everySeconds ?? 3_600);
  return (
    <div className="flex items-end gap-2">
      <Field label={t('everyLabel')} problem={problem}>
        {(parts) => (
          <Input
            {...parts}
            type="number"
            name="every"
            min={1}
            step="any"
            required
            defaultValue={count}
            className="w-24"
          />
        )}
      </Field>
      <Select name="unit" aria-label={t('unit')} defaultValue={unit}>
        {(Object.keys(UNITS) as Unit[]).map((one) => (
          <option key={one} value={one}>
            {t(`units.${one}`)}
          </option>
        ))}
      </Select>
    </div>
  );
}

function CalendarFields({ spec, problemOf }: Pick<RuleFieldsProps, 'spec' | 'problemOf'>) {
  const t = useTranslations('Schedules');
  const entry = spec?.calendars[0];
  return (
    <div className="grid grid-cols-2 gap-3">
      {CALENDAR_FIELDS.map((name) => (
        <Field
          key={name}
          label={t(`calendarFields.${name}`)}
          hint={t(`calendarHints.${name}`)}
          problem={problemOf(`calendars.0.${name}`)}
        >
          {(parts) => <Input {...parts} name={name} dir="ltr" defaultValue={entry?.[name] ?? ''} />}
        </Field>
      ))}
    </div>
  );
}

/** The next times of what the form around it says, as Temporal works them out. */
function NextTimes() {
  const t = useTranslations('Schedules');
  const place = useRef<HTMLDivElement>(null);
  const [times, setTimes] = useState<string[] | null>(null);
  const { isBusy, words, run } = useChange();
  const show = (): void => {
    const form = new FormData(place.current?.closest('form') ?? undefined);
    run(async () => {
      const input = {
        ...dueTimes((name) => typedIn(form, name)),
        timeZone: typedIn(form, 'zone'),
        count: 10,
      };
      const { data, problem } = await previewSchedule(input);
      setTimes(data);
      return problem;
    });
  };
  return (
    <div ref={place} className="flex flex-col gap-2">
      <Button className="self-start" isBusy={isBusy} onClick={show}>
        {t('tryOut')}
      </Button>
      <div role="status" className="text-13">
        {words === null ? null : <p className="text-fail">{words}</p>}
        {times === null ? null : times.length === 0 ? (
          <p>{t('neverDue')}</p>
        ) : (
          <ol className="grid grid-cols-2 gap-x-4 text-explain">
            {times.map((at) => (
              <li key={at}>
                <When at={at} />
              </li>
            ))}
          </ol>
        )}
      </div>
    </div>
  );
}
