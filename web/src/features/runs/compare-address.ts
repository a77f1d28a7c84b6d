import { withQuery } from '../../lib/search-params.ts';

/**
 * The two runs by the API's names, which no text shows: on a phone one stands above the other, and where text runs from
 * right to left they change places.
 */
// eslint-disable-next-line no-restricted-syntax -- names of the API, not sides of the screen
export const SIDES = ['left', 'right'] as const;

/** What the page that compares two runs is asked for. */
export interface Compared {
  left?: string | undefined;
  right?: string | undefined;
  /** The path of the step whose values are shown. */
  step?: string | undefined;
  /** Whether steps that went the same way are shown as well. */
  all?: 'yes' | undefined;
}

/** Where two runs are compared; with one alone, where the other is chosen. */
export function compareAddress({ left, right, step, all }: Compared): string {
  return withQuery('/runs/compare', { left, right, step, all });
}
