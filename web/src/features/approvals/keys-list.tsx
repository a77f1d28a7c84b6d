'use client';

import { useTranslations } from 'next-intl';
import { KeysDialog } from '../../components/keys-dialog.tsx';

const KEYS = [
  { does: 'next', keys: ['J'] },
  { does: 'previous', keys: ['K'] },
  { does: 'approve', keys: ['A'] },
  { does: 'deny', keys: ['D'] },
  { does: 'help', keys: ['?'] },
] as const;

/** The keys of the inbox. */
export function KeysList() {
  const t = useTranslations('ApprovalKeys');
  const rows = KEYS.map(({ does, keys }) => ({ does: t(does), keys }));
  return <KeysDialog title={t('title')} text={t('text')} closeLabel={t('close')} rows={rows} />;
}
