'use client';

import { useEffect } from 'react';
import { plainKey } from '../../components/plain-key.ts';

export type Decision = 'APPROVE' | 'DENY';

const KEYS: Readonly<Record<string, Decision>> = { a: 'APPROVE', d: 'DENY' };

/** Asks for a decision when A or D is pressed. `ask` must stay the same function. */
export function useDecisionKeys(ask: (decision: Decision) => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const decision = KEYS[plainKey(event) ?? ''];
      if (decision === undefined) return;
      event.preventDefault();
      ask(decision);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [ask]);
}
