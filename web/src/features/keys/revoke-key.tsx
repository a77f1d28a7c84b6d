'use client';

import { useTranslations } from 'next-intl';
import { DialogForm } from '../../components/dialog-form.tsx';
import { revokeApiKey } from './actions.ts';

/** Ends an API key for good, once somebody confirmed it. */
export function RevokeKey({ id, name, prefix }: { id: string; name: string; prefix: string }) {
  const t = useTranslations('Keys');
  return (
    <DialogForm
      open={t('revoke')}
      about={name}
      openTone="quiet"
      title={t('revokeTitle', { name })}
      description={t('revokeText', { prefix })}
      submit={t('revokeSubmit')}
      submitTone="danger"
      act={() => revokeApiKey(id)}
    />
  );
}
