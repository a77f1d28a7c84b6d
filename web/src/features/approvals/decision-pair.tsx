'use client';

import { Button } from '../../components/button.tsx';
import { KeyCap } from './key-cap.tsx';
import { useDecisionKeys, type Decision } from './use-decision-keys.ts';

interface DecisionPairProps {
  words: { approve: string; deny: string };
  /** False where an approval takes more than a yes. */
  canApprove?: boolean;
  /** Must stay the same function. */
  ask: (decision: Decision) => void;
}

/** The two buttons of a decision, with their keys. */
export function DecisionPair({ words, canApprove = true, ask }: DecisionPairProps) {
  useDecisionKeys(ask);
  return (
    <div className="flex gap-2">
      {canApprove ? (
        <Button tone="main" className="min-h-10 flex-1" aria-keyshortcuts="a" onClick={() => ask('APPROVE')}>
          {words.approve} <KeyCap name="A" />
        </Button>
      ) : null}
      <Button className="min-h-10 flex-1" aria-keyshortcuts="d" onClick={() => ask('DENY')}>
        {words.deny} <KeyCap name="D" />
      </Button>
    </div>
  );
}
