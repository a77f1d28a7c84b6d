'use client';

import { useTranslations } from 'next-intl';
import { Button } from '../../components/button.tsx';
import { DialogForm } from '../../components/dialog-form.tsx';
import { Field } from '../../components/field.tsx';
import { Input } from '../../components/input.tsx';
import { useChange } from '../../components/use-change.ts';
import { useRouter } from '../../i18n/navigation.ts';
import { typedIn } from '../../lib/typed-in.ts';
import { deleteSchedule, pauseSchedule, resumeSchedule, triggerSchedule } from './actions.ts';
import { Backfill } from './backfill.tsx';
import type { ShownSchedule } from './loaders.ts';
import { EditSchedule } from './schedule-forms.tsx';

/** What can be done with a schedule. One of a definition is changed and deleted by publishing. */
export function ScheduleControls({ schedule }: { schedule: ShownSchedule }) {
  const t = useTranslations('Schedules');
  const router = useRouter();
  const { id, name, paused, source } = schedule;
  const remove = async () => {
    const refused = await deleteSchedule(id);
    if (refused === null) router.push('/schedules');
    return refused;
  };
  return (
    <>
      <DialogForm
        open={t('trigger')}
        openTone="main"
        title={t('triggerTitle', { name })}
        description={t('triggerText')}
        submit={t('trigger')}
        act={(_form, key) => triggerSchedule(id, key)}
      />
      {paused === null ? (
        <DialogForm
          open={t('pause')}
          title={t('pauseTitle', { name })}
          description={t('pauseText')}
          submit={t('pause')}
          fields={['reason']}
          act={(form) => pauseSchedule(id, typedIn(form, 'reason'))}
        >
          {(problemOf) => (
            <Field label={t('reason')} hint={t('reasonHint')} problem={problemOf('reason')}>
              {(parts) => <Input {...parts} name="reason" maxLength={500} />}
            </Field>
          )}
        </DialogForm>
      ) : (
        <Resume id={id} />
      )}
      <Backfill scheduleId={id} />
      {source === 'definition' ? null : (
        <>
          <EditSchedule schedule={schedule} />
          <DialogForm
            open={t('delete')}
            openTone="quiet"
            title={t('deleteTitle', { name })}
            description={t('deleteText')}
            submit={t('deleteSubmit')}
            submitTone="danger"
            act={remove}
          />
        </>
      )}
    </>
  );
}

function Resume({ id }: { id: string }) {
  const t = useTranslations('Schedules');
  const { isBusy, words, run } = useChange();
  return (
    <>
      <Button isBusy={isBusy} onClick={() => run(() => resumeSchedule(id))}>
        {t('resume')}
      </Button>
      {words === null ? null : (
        <span role="alert" className="text-13 text-fail">
          {words}
        </span>
      )}
    </>
  );
}
