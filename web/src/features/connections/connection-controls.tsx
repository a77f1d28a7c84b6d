'use client';

import { useTranslations } from 'next-intl';
import { DialogForm } from '../../components/dialog-form.tsx';
import { typedIn } from '../../lib/typed-in.ts';
import { deleteConnection, replaceConnection } from './actions.ts';
import { connectionContent } from './connection-content.ts';
import { CONTENT_FIELDS } from './content-fields.ts';
import type { ListedConnection } from './loaders.ts';
import { SecretFields } from './secret-fields.tsx';
import { RateLimitFields, SettingFields } from './setting-fields.tsx';

/** Changes a connection, or deletes it. */
export function ConnectionControls({ connection }: { connection: ListedConnection }) {
  const t = useTranslations('Connections');
  const { id, name, kind, settings, secretFields } = connection;
  const replace = (form: FormData) =>
    replaceConnection({ connectionId: id, ...connectionContent(kind, (field) => typedIn(form, field)) });
  return (
    <div className="flex gap-1 md:justify-end">
      <DialogForm
        open={t('edit')}
        about={name}
        openTone="quiet"
        title={t('editTitle', { name })}
        description={t(secretFields.length > 0 ? 'editTextSecrets' : 'editText')}
        submit={t('editSubmit')}
        fields={CONTENT_FIELDS}
        act={replace}
      >
        {(problemOf) => (
          <>
            <SettingFields kind={kind} settings={settings} problemOf={problemOf} />
            <SecretFields kind={kind} isSet={secretFields} problemOf={problemOf} />
            <RateLimitFields settings={settings} problemOf={problemOf} />
          </>
        )}
      </DialogForm>
      <DialogForm
        open={t('delete')}
        about={name}
        openTone="quiet"
        title={t('deleteTitle', { name })}
        description={t('deleteText')}
        submit={t('deleteSubmit')}
        submitTone="danger"
        act={() => deleteConnection(id)}
      />
    </div>
  );
}
