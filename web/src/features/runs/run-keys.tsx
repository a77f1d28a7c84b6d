'use client';

import { useTranslations } from 'next-intl';
import { BACK, FORWARD, KeysDialog } from '../../components/keys-dialog.tsx';

/** The keys of a page, and what each does, by the name of its text. */
const KEYS = {
  run: [
    { does: 'move', keys: ['J', 'K', '↓', '↑'] },
    { does: 'open', keys: ['Enter'] },
    { does: 'unfold', keys: [FORWARD] },
    { does: 'fold', keys: [BACK] },
    { does: 'close', keys: ['Esc'] },
    { does: 'help', keys: ['?'] },
  ],
  list: [
    { does: 'moveRuns', keys: ['J', 'K'] },
    { does: 'openRun', keys: ['Enter'] },
    { does: 'choose', keys: ['X'] },
    { does: 'chooseRange', keys: ['Shift X'] },
    { does: 'chooseNone', keys: ['Esc'] },
    { does: 'help', keys: ['?'] },
  ],
} as const;

/** The keys of a run's page or of the list of runs. */
export function RunKeys({ of }: { of: keyof typeof KEYS }) {
  const t = useTranslations('RunKeys');
  const rows = KEYS[of].map(({ does, keys }) => ({ does: t(does), keys }));
  return <KeysDialog title={t('title')} closeLabel={t('closeDialog')} rows={rows} />;
}
