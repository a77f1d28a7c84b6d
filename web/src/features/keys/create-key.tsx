'use client';

import { KeyRound } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { DialogForm } from '../../components/dialog-form.tsx';
import { Field } from '../../components/field.tsx';
import { Checkbox, Input, Select } from '../../components/input.tsx';
import { ShownOnce } from '../../components/shown-once.tsx';
import type { Problem } from '../../lib/problem.ts';
import { typedIn } from '../../lib/typed-in.ts';
import type { Role } from '../members/loaders.ts';
import { RoleChoice, rolesOf } from '../members/role-choice.tsx';
import { createApiKey } from './actions.ts';

const DAYS = [30, 90, 365] as const;

/** Makes an API key and shows its token, this once. */
export function CreateKey({ own, canBePersonal }: { own: readonly Role[]; canBePersonal: boolean }) {
  const t = useTranslations('Keys');
  const [token, setToken] = useState<string | null>(null);
  const act = async (form: FormData, idempotencyKey: string): Promise<Problem | null> => {
    const days = typedIn(form, 'days');
    const { data, problem } = await createApiKey({
      idempotencyKey,
      name: typedIn(form, 'name'),
      roles: rolesOf(form),
      service: !canBePersonal || form.has('service'),
      days: days === '' ? null : Number(days),
    });
    setToken(data);
    return problem;
  };
  return (
    <DialogForm
      open={
        <>
          <KeyRound size={15} aria-hidden="true" /> {t('create')}
        </>
      }
      openTone="main"
      title={t(token === null ? 'createTitle' : 'createdTitle')}
      description={token === null ? t('createText') : undefined}
      submit={t('createSubmit')}
      fields={['name', 'roles', 'expiresAt']}
      act={act}
      result={token === null ? null : <ShownOnce label={t('token')} secret={token} text={t('tokenText')} />}
      onClose={() => setToken(null)}
    >
      {(problemOf) => (
        <>
          <Field label={t('name')} hint={t('nameHint')} problem={problemOf('name')}>
            {(parts) => <Input {...parts} name="name" autoComplete="off" required maxLength={100} />}
          </Field>
          <RoleChoice
            label={t('roles')}
            chosen={['viewer']}
            allowed={[...own, 'viewer']}
            whyOff={t('roleNotHeld')}
            problem={problemOf('roles')}
          />
          <Field label={t('expires')} problem={problemOf('expiresAt')}>
            {(parts) => (
              <Select {...parts} name="days" defaultValue="90">
                {DAYS.map((days) => (
                  <option key={days} value={days}>
                    {t('inDays', { days })}
                  </option>
                ))}
                <option value="">{t('never')}</option>
              </Select>
            )}
          </Field>
          <div>
            <Checkbox
              name="service"
              label={t('service')}
              defaultChecked={!canBePersonal}
              disabled={!canBePersonal}
            />
            <p className="text-12 text-aside">{t('serviceHint')}</p>
          </div>
        </>
      )}
    </DialogForm>
  );
}
