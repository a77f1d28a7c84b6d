import type { Flow } from '../../workflows/definitions/model.ts';
import type { TestPlan } from '../../workflows/runs/test-plan.ts';

/** The version of a run of a draft: none. */
export const DRAFT = 0;

/** The column `test` of a test run. Written by us, with the run, and never changed. */
export interface StoredTest extends TestPlan {
  /** The draft as it was when the test was started; its hash is the run's. Absent in a test of a version. */
  draft?: Flow;
}

/** The plan in the column; null for a run that is no test. */
export function testPlanOf(column: unknown): TestPlan | null {
  if (column === null || column === undefined) return null;
  const { draft: _draft, ...plan } = column as StoredTest;
  return plan;
}

/** The draft in the column, unread; undefined when the run is of a version. */
export function draftOf(column: unknown): unknown {
  return (column as StoredTest | null)?.draft;
}
