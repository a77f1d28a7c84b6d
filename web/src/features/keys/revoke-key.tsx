'use client';

import { useTranslations } from 'next-intl';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { revokeKey } from './actions.ts';

/** Makes a key worthless, after asking once more. */
export function RevokeKey({ id, name }: { id: string; name: string }) {
  const t = useTranslations('Keys');
  return (
    <ConfirmButton
      tone="quiet"
      label={t('revokeOf', { name })}
      title={t('revokeTitle', { name })}
      text={t('revokeText')}
      verb={t('revoke')}
      action={() => revokeKey(id)}
    >
      {t('revoke')}
    </ConfirmButton>
  );
}
