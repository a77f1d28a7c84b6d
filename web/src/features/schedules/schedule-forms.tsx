'use client';

import { Plus } from 'lucide-react';
import { useTimeZone, useTranslations } from 'next-intl';
import { DialogForm } from '../../components/dialog-form.tsx';
import { Field } from '../../components/field.tsx';
import { Input, Select } from '../../components/input.tsx';
import { typedIn } from '../../lib/typed-in.ts';
import { createSchedule, updateSchedule } from './actions.ts';
import { dueTimes } from './due-times.ts';
import type { ShownSchedule } from './loaders.ts';
import { RuleFields } from './rule-fields.tsx';

const OVERLAPS = ['skip', 'bufferOne', 'bufferAll', 'cancelOther', 'terminateOther', 'allowAll'] as const;
const FIELDS = ['name', 'crons', 'crons.0', 'intervals.0.everySeconds', 'timeZone', 'jitterSeconds'];

/** Makes a schedule of a published workflow. */
export function CreateSchedule({ workflows }: { workflows: { id: string; name: string }[] }) {
  const t = useTranslations('Schedules');
  const zone = useTimeZone() ?? 'UTC';
  return (
    <DialogForm
      open={
        <>
          <Plus size={15} aria-hidden="true" /> {t('create')}
        </>
      }
      openTone="main"
      title={t('createTitle')}
      description={t('createText')}
      submit={t('createSubmit')}
      fields={FIELDS}
      act={(form, idempotencyKey) =>
        createSchedule({ ...valuesOf(form), workflowId: typedIn(form, 'workflow'), idempotencyKey })
      }
    >
      {(problemOf) => (
        <>
          <Field label={t('name')} problem={problemOf('name')}>
            {(parts) => <Input {...parts} name="name" required maxLength={200} autoComplete="off" />}
          </Field>
          <Field label={t('workflow')}>
            {(parts) => (
              <Select {...parts} name="workflow" required>
                {workflows.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <RuleFields spec={null} zone={zone} problemOf={problemOf} />
          <MoreFields overlap="skip" jitterSeconds={0} problemOf={problemOf} />
        </>
      )}
    </DialogForm>
  );
}

/** Changes a schedule that somebody made. */
export function EditSchedule({ schedule }: { schedule: ShownSchedule }) {
  const t = useTranslations('Schedules');
  const { id, name, spec, overlap } = schedule;
  return (
    <DialogForm
      open={t('edit')}
      title={t('editTitle', { name })}
      submit={t('editSubmit')}
      fields={FIELDS}
      act={(form) => updateSchedule({ ...valuesOf(form), scheduleId: id })}
    >
      {(problemOf) => (
        <>
          <Field label={t('name')} problem={problemOf('name')}>
            {(parts) => <Input {...parts} name="name" required maxLength={200} defaultValue={name} />}
          </Field>
          <RuleFields spec={spec} zone={spec.timeZone} problemOf={problemOf} />
          <MoreFields overlap={overlap} jitterSeconds={spec.jitterSeconds} problemOf={problemOf} />
        </>
      )}
    </DialogForm>
  );
}

function valuesOf(form: FormData) {
  return {
    ...{ name: typedIn(form, 'name'), timeZone: typedIn(form, 'zone') },
    ...dueTimes((field) => typedIn(form, field)),
    overlap: OVERLAPS.find((one) => one === typedIn(form, 'overlap')) ?? 'skip',
    jitterSeconds: Number(typedIn(form, 'jitter') || 0),
  };
}

interface MoreFieldsProps {
  overlap: ShownSchedule['overlap'];
  jitterSeconds: number;
  problemOf: (field: string) => string | null;
}

function MoreFields({ overlap, jitterSeconds, problemOf }: MoreFieldsProps) {
  const t = useTranslations('Schedules');
  return (
    <>
      <Field label={t('overlap')}>
        {(parts) => (
          <Select {...parts} name="overlap" defaultValue={overlap} className="max-w-full">
            {OVERLAPS.map((one) => (
              <option key={one} value={one}>
                {t(`overlaps.${one}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t('jitter')} hint={t('jitterHint')} problem={problemOf('jitterSeconds')}>
        {(parts) => (
          <Input
            {...parts}
            type="number"
            name="jitter"
            min={0}
            max={86_400}
            defaultValue={jitterSeconds}
            className="w-28"
          />
        )}
      </Field>
    </>
  );
}
