'use client';

import { Cable } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { DialogForm } from '../../components/dialog-form.tsx';
import { Field } from '../../components/field.tsx';
import { Input, Select } from '../../components/input.tsx';
import { typedIn } from '../../lib/typed-in.ts';
import { createConnection } from './actions.ts';
import { connectionContent } from './connection-content.ts';
import { CONTENT_FIELDS } from './content-fields.ts';
import type { ConnectionKind } from './loaders.ts';
import { SecretFields } from './secret-fields.tsx';
import { RateLimitFields, SettingFields } from './setting-fields.tsx';

const KINDS: readonly ConnectionKind[] = ['HTTP', 'POSTGRES', 'SMTP'];

/** Makes a connection of one of the kinds. */
export function CreateConnection() {
  const t = useTranslations('Connections');
  const [kind, setKind] = useState<ConnectionKind>('HTTP');
  const act = (form: FormData, idempotencyKey: string) =>
    createConnection({
      idempotencyKey,
      name: typedIn(form, 'name'),
      kind,
      ...connectionContent(kind, (field) => typedIn(form, field)),
    });
  return (
    <DialogForm
      open={
        <>
          <Cable size={15} aria-hidden="true" /> {t('create')}
        </>
      }
      openTone="main"
      title={t('createTitle')}
      description={t('createText')}
      submit={t('createSubmit')}
      fields={CONTENT_FIELDS}
      act={act}
    >
      {(problemOf) => (
        <>
          <Field label={t('name')} hint={t('nameHint')} problem={problemOf('name')}>
            {(parts) => <Input {...parts} name="name" autoComplete="off" required maxLength={64} />}
          </Field>
          <Field label={t('kind')}>
            {(parts) => (
              <Select
                {...parts}
                value={kind}
                onChange={(event) => setKind(event.target.value as ConnectionKind)}
              >
                {KINDS.map((one) => (
                  <option key={one} value={one}>
                    {t(`kinds.${one}`)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <SettingFields key={`settings ${kind}`} kind={kind} settings={{}} problemOf={problemOf} />
          <SecretFields key={`secrets ${kind}`} kind={kind} isSet={[]} problemOf={problemOf} />
          <RateLimitFields settings={{}} problemOf={problemOf} />
        </>
      )}
    </DialogForm>
  );
}
