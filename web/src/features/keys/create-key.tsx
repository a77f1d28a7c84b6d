'use client';

import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { CopyButton } from '../../components/copy-button.tsx';
import { Field } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { Checkbox, Input, Select } from '../../components/input.tsx';
import { RoleChoice } from '../../components/role-choice.tsx';
import { rolesTicked, type Role } from '../../lib/roles.ts';
import { typedIn } from '../../lib/typed-in.ts';
import { createKey } from './actions.ts';

const DAYS = [7, 30, 90, 365];
const DAY = 24 * 60 * 60 * 1_000;

/** Makes a key for programs, and shows its token this once. */
export function CreateKey({ roles }: { roles: readonly Role[] }) {
  const t = useTranslations('Keys');
  const [token, setToken] = useState<string | null>(null);
  const create = async (form: FormData, idempotencyKey: string) => {
    const days = Number(typedIn(form, 'days'));
    const { data, problem } = await createKey({
      ...{
        name: typedIn(form, 'name'),
        roles: rolesTicked(form),
        service: form.has('service'),
        idempotencyKey,
      },
      expiresAt: days === 0 ? null : new Date(Date.now() + days * DAY).toISOString(),
    });
    if (data !== null) setToken(data);
    return problem;
  };
  return (
    <>
      <FormDialog
        opener={
          <>
            <Plus size={16} aria-hidden="true" /> {t('create')}
          </>
        }
        tone="main"
        title={t('createTitle')}
        text={t('createText')}
        verb={t('create')}
        action={create}
      >
        <Field label={t('name')}>
          {(parts) => <Input {...parts} name="name" required maxLength={100} />}
        </Field>
        <RoleChoice chosen={roles} offered={roles} />
        <Field label={t('expiry')}>
          {(parts) => (
            <Select {...parts} name="days" defaultValue="90">
              {DAYS.map((days) => (
                <option key={days} value={days}>
                  {t('days', { count: days })}
                </option>
              ))}
              <option value="0">{t('never')}</option>
            </Select>
          )}
        </Field>
        <Checkbox name="service" label={t('service')} />
      </FormDialog>
      {token === null ? null : (
        <div
          role="status"
          className="flex w-full flex-wrap items-center gap-3 rounded-2 border border-ok/60 bg-ink-1 p-4"
        >
          <p className="w-full font-medium">{t('shownOnce')}</p>
          <code className="min-w-0 flex-1 rounded-1 border border-line-soft bg-ink-0 px-3 py-2 font-mono text-12 break-all">
            {token}
          </code>
          <CopyButton text={token} label={t('copy')} done={t('copied')} />
        </div>
      )}
    </>
  );
}
