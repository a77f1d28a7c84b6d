'use client';

import { unstable_rethrow as rethrow } from 'next/navigation';
import { useState, useTransition } from 'react';
import { API_AWAY, type Problem } from '../lib/problem.ts';
import { useProblemText } from './problem-text.ts';

/** What a change needs beside its button: whether it is under way, and why it was refused. */
export interface Change {
  isBusy: boolean;
  problem: Problem | null;
  /** The refusal in the reader's words; null without one. */
  words: string | null;
  /** Makes a change, then goes on. A refusal is kept until the next one. */
  run: (act: () => Promise<Problem | null>, then?: () => void) => void;
  forget: () => void;
}

/** Makes changes by server actions and tells how they went. What was filled in is left as it is. */
export function useChange(): Change {
  const text = useProblemText();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBusy, start] = useTransition();
  const run: Change['run'] = (act, then) =>
    start(async () => {
      const refused = await makeChange(act);
      setProblem(refused);
      if (refused === null) then?.();
    });
  return { isBusy, problem, words: problem && text(problem), run, forget: () => setProblem(null) };
}

/** Makes the change; gives why not, or null. Known to be without a connection it is not kept for later, but refused. */
export async function makeChange(act: () => Promise<Problem | null>): Promise<Problem | null> {
  if (!navigator.onLine) return API_AWAY;
  return act().catch((error: unknown) => {
    // A session that ended leads to the sign-in page.
    rethrow(error);
    return API_AWAY;
  });
}
