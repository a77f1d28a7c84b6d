'use client';

import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { toast } from 'sonner';
import { Button } from '../../components/button.tsx';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { Field } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { Input, Select } from '../../components/input.tsx';
import { useProblemText } from '../../components/problem-text.ts';
import type { Problem } from '../../lib/problem.ts';
import { typedIn } from '../../lib/typed-in.ts';
import { createSchedule, deleteSchedule, pauseSchedule, resumeSchedule, triggerSchedule } from './actions.ts';

/** Makes a schedule of a published workflow, by a cron text in the person's time zone. */
export function CreateSchedule({ workflows }: { workflows: { id: string; name: string }[] }) {
  const t = useTranslations('Schedules');
  return (
    <FormDialog
      opener={
        <>
          <Plus size={16} aria-hidden="true" /> {t('create')}
        </>
      }
      tone="main"
      title={t('createTitle')}
      verb={t('create')}
      done={t('created')}
      action={(form, idempotencyKey) =>
        createSchedule({
          ...{ name: typedIn(form, 'name'), workflowId: typedIn(form, 'workflow'), idempotencyKey },
          ...{ crons: [typedIn(form, 'cron')], timeZone: typedIn(form, 'zone') },
        })
      }
    >
      <Field label={t('name')}>{(parts) => <Input {...parts} name="name" required maxLength={200} />}</Field>
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
      <Field label={t('cron')} hint={t('cronHint')}>
        {(parts) => (
          <Input {...parts} name="cron" required defaultValue="0 9 * * 1-5" dir="ltr" className="font-mono" />
        )}
      </Field>
      <Field label={t('zone')}>
        {(parts) => (
          <Input
            {...parts}
            name="zone"
            required
            dir="ltr"
            defaultValue={Intl.DateTimeFormat().resolvedOptions().timeZone}
          />
        )}
      </Field>
    </FormDialog>
  );
}

interface ActionsProps {
  id: string;
  name: string;
  isPaused: boolean;
  /** The schedule is part of a definition, and can only be taken away there. */
  isOfDefinition: boolean;
}

/** What can be done with a schedule. */
export function ScheduleActions({ id, name, isPaused, isOfDefinition }: ActionsProps) {
  const t = useTranslations('Schedules');
  const say = useProblemText();
  const [isBusy, start] = useTransition();
  const [key, setKey] = useState<string | null>(null);
  const act = (action: () => Promise<Problem | null>, done: string): void =>
    start(async () => {
      const refused = await action();
      if (refused === null) toast.success(done);
      else toast.error(say(refused));
    });
  const trigger = (): void => {
    const once = key ?? crypto.randomUUID();
    setKey(once);
    act(async () => {
      const refused = await triggerSchedule(id, once);
      if (refused === null) setKey(null);
      return refused;
    }, t('triggered'));
  };
  return (
    <span className="flex justify-end gap-2">
      <Button isBusy={isBusy} aria-label={t('triggerOf', { name })} onClick={trigger}>
        {t('trigger')}
      </Button>
      {isPaused ? (
        <Button
          isBusy={isBusy}
          aria-label={t('resumeOf', { name })}
          onClick={() => act(() => resumeSchedule(id), t('resumed'))}
        >
          {t('resume')}
        </Button>
      ) : (
        <Button
          isBusy={isBusy}
          aria-label={t('pauseOf', { name })}
          onClick={() => act(() => pauseSchedule(id), t('paused'))}
        >
          {t('pause')}
        </Button>
      )}
      {isOfDefinition ? null : (
        <ConfirmButton
          tone="quiet"
          label={t('deleteOf', { name })}
          title={t('deleteTitle', { name })}
          text={t('deleteText')}
          verb={t('delete')}
          action={() => deleteSchedule(id)}
        >
          {t('delete')}
        </ConfirmButton>
      )}
    </span>
  );
}
