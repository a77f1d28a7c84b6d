'use client';

import { useNow, useTimeZone, useTranslations } from 'next-intl';
import { DialogForm } from '../../components/dialog-form.tsx';
import { Field } from '../../components/field.tsx';
import { Input, Select, Textarea } from '../../components/input.tsx';
import { typedIn } from '../../lib/typed-in.ts';
import { localIn, momentIn } from '../../lib/zoned-time.ts';
import { delegateApprovals } from './delegation-actions.ts';
import type { ListedPerson } from './delegation-loader.ts';

const WEEK = 7 * 86_400_000;
const FIELDS = ['toPersonId', 'from', 'until', 'reason'];

/** Gives the person's approvals to somebody else for a time, in the person's own time zone. */
export function DelegateForm({ people }: { people: ListedPerson[] }) {
  const t = useTranslations('Delegations');
  const zone = useTimeZone() ?? 'UTC';
  const now = useNow().getTime();
  const inAWeek = localIn(zone, new Date(now + WEEK).toISOString());
  return (
    <DialogForm
      open={t('give')}
      openTone="main"
      title={t('giveTitle')}
      description={t('giveText')}
      submit={t('giveSubmit')}
      fields={FIELDS}
      act={(form, idempotencyKey) =>
        delegateApprovals({
          toPersonId: typedIn(form, 'to'),
          from: momentIn(zone, typedIn(form, 'from')),
          until: momentIn(zone, typedIn(form, 'until')) ?? '',
          reason: typedIn(form, 'reason').trim() || null,
          idempotencyKey,
        })
      }
    >
      {(problemOf) => (
        <>
          <Field label={t('to')} problem={problemOf('toPersonId')}>
            {(parts) => (
              <Select {...parts} name="to" required defaultValue="">
                <option value="" disabled>
                  {t('choose')}
                </option>
                {people.map(({ id, name, email }) => (
                  <option key={id} value={id}>
                    {`${name} · ${email}`}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label={t('from')} hint={t('fromHint', { zone })} problem={problemOf('from')}>
            {(parts) => <Input {...parts} type="datetime-local" name="from" className="w-auto" />}
          </Field>
          <Field label={t('until')} hint={t('untilHint', { zone })} problem={problemOf('until')}>
            {(parts) => (
              <Input
                {...parts}
                type="datetime-local"
                name="until"
                required
                defaultValue={inAWeek}
                className="w-auto"
              />
            )}
          </Field>
          <Field label={t('reason')} hint={t('reasonHint')} problem={problemOf('reason')}>
            {(parts) => <Textarea {...parts} name="reason" maxLength={2000} />}
          </Field>
        </>
      )}
    </DialogForm>
  );
}
