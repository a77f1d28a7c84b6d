'use client';

import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { Field } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { Checkbox, Input, Select } from '../../components/input.tsx';
import { typedIn } from '../../lib/typed-in.ts';
import { createConnection, deleteConnection } from './actions.ts';
import {
  CONNECTION_FIELDS,
  CONNECTION_KINDS,
  connectionTyped,
  type ConnectionKind,
} from './connection-fields.ts';

/** Makes a connection; which fields there are follows from its kind. */
export function CreateConnection() {
  const t = useTranslations('Connections');
  const [kind, setKind] = useState<ConnectionKind>('HTTP');
  return (
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
      done={t('created')}
      action={(form, idempotencyKey) =>
        createConnection({
          name: typedIn(form, 'name'),
          kind,
          idempotencyKey,
          ...connectionTyped(kind, form),
        })
      }
    >
      <Field label={t('kind')}>
        {(parts) => (
          <Select {...parts} value={kind} onChange={(event) => setKind(event.target.value as ConnectionKind)}>
            {CONNECTION_KINDS.map((one) => (
              <option key={one} value={one}>
                {t(`kinds.${one}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t('name')} hint={t('nameHint')}>
        {(parts) => <Input {...parts} name="name" required maxLength={64} dir="ltr" />}
      </Field>
      {CONNECTION_FIELDS[kind].map(({ name, type, isRequired }) => (
        <Field
          key={`${kind} ${name}`}
          label={isRequired ? t(`fields.${name}`) : t('optional', { label: t(`fields.${name}`) })}
        >
          {(parts) => (
            <Input {...parts} name={name} type={type} required={isRequired} dir="ltr" autoComplete="off" />
          )}
        </Field>
      ))}
      {kind === 'HTTP' ? null : <Checkbox name="plain" label={t('plain')} />}
    </FormDialog>
  );
}

/** Takes a connection away, after asking once more. */
export function DeleteConnection({ id, name }: { id: string; name: string }) {
  const t = useTranslations('Connections');
  return (
    <ConfirmButton
      tone="quiet"
      label={t('deleteOf', { name })}
      title={t('deleteTitle', { name })}
      text={t('deleteText')}
      verb={t('delete')}
      action={() => deleteConnection(id)}
    >
      {t('delete')}
    </ConfirmButton>
  );
}
