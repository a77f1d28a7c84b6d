import { getTranslations } from 'next-intl/server';
import { StateBadge } from '../../components/state-badge.tsx';
import type { StateTone } from '../../components/state-shape.tsx';
import { approvalAttempts, type Outcome } from './approval-attempts.ts';
import { ProofFacts, ProofFrame } from './proof-frame.tsx';

const TONES: Record<Outcome, StateTone> = {
  self_approval: 'fail',
  not_an_approver: 'fail',
  other_plan: 'idle',
  counts: 'wait',
  same_role: 'idle',
  approved: 'ok',
};

/** An approval that nobody gets past: the rules of the platform, at work while the page is made. */
export async function GateProof() {
  const t = await getTranslations('PublicLanding.gate');
  return (
    <ProofFrame title={t('title')} text={t('text')}>
      <ProofFacts
        facts={approvalAttempts().map(({ who, outcome }) => [
          t(`who.${who}`),
          <StateBadge key="outcome" tone={TONES[outcome]} word={t(`outcomes.${outcome}`)} isBare />,
        ])}
      />
    </ProofFrame>
  );
}
