'use client';

import { ShieldCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { useChange } from '../../components/use-change.ts';
import { verifyChain, type AuditChain } from './actions.ts';

/** Checks that nobody changed the log, and says what it found. */
export function ChainCheck() {
  const t = useTranslations('Audit');
  const [chain, setChain] = useState<AuditChain | null>(null);
  const { isBusy, words, run } = useChange();
  const check = (): void =>
    run(async () => {
      const { data, problem } = await verifyChain();
      setChain(data);
      return problem;
    });
  return (
    <div className="flex flex-wrap items-center gap-3">
      <div role="status" className="text-13">
        {chain === null ? null : chain.valid ? (
          <StateBadge tone="ok" word={t('intact', { count: chain.checked })} />
        ) : (
          <StateBadge tone="fail" word={t('broken', { number: chain.brokenAt ?? 0 })} />
        )}
        {words === null ? null : <span className="text-fail">{words}</span>}
      </div>
      <Button isBusy={isBusy} onClick={check}>
        <ShieldCheck size={15} aria-hidden="true" /> {t(isBusy ? 'checking' : 'check')}
      </Button>
    </div>
  );
}
