import type { ReactNode } from 'react';
import type { HeldRow } from './held-rows.ts';
import type { RunStatus } from './run-states.ts';

/** A run of the list: what is done with it here, and its cells. */
export interface RunRow extends HeldRow {
  status: RunStatus;
  workflow: { id: string; name: string };
  cells: ReactNode;
}
