import { withQuery } from '../../lib/search-params.ts';

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
