'use client';

import { useReadAnew } from './use-read-anew.ts';

/** Milliseconds between two looks. */
const EVERY = 1_500;

/** Keeps the page of a bulk re-run as it is now. */
export function LiveBulk() {
  useReadAnew(EVERY, true);
  return null;
}
