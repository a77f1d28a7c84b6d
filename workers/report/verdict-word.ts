import type { Inline } from './blocks.ts';

/** The word for a bar that was reached, or was not. */
export const verdictWord = (holds: boolean): Inline => ({ strong: holds ? 'holds' : 'falls short' });
