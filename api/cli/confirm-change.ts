import { UsageError } from './cli-error.ts';
import { confirm, isInteractive } from './prompt.ts';
import type { Session } from './session.ts';

/** The option of each command that changes much or cannot be undone. */
export const YES_OPTION: [flags: string, about: string] = [
  '--yes',
  'do not ask; must be said where nobody can be asked (no terminal, or --json)',
];

/** What is about to be changed. */
export interface Change {
  /** What to ask on the terminal. */
  question: string;
  /** What did not happen when nobody could be asked, such as `started`. */
  undone: string;
  /** True for a command that can also be called with --preview. */
  hasPreview?: boolean;
}

/**
 * Asks before a change unless --yes was said. Gives false when the person says no. Throws UsageError `not_confirmed`
 * where nobody can be asked: a script says --yes.
 */
export async function confirmChange(
  { out }: Session,
  { yes = false }: { yes?: boolean },
  { question, undone, hasPreview = false }: Change,
): Promise<boolean> {
  if (yes) return true;
  if (!out.json && isInteractive()) return confirm(question);
  throw new UsageError(
    'not_confirmed',
    `Nothing was ${undone}.`,
    `Say --yes to go ahead${hasPreview ? ', or --preview to look only' : ''}.`,
  );
}
