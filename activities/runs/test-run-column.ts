import type { TestPlan } from '../../workflows/runs/test-plan.ts';

/** The version of a run of a draft: none. */
export const DRAFT = 0;

/** The plan in the column `test`; null for a run that is no test. Written by us, with the run, and never changed. */
export function testPlanOf(column: unknown): TestPlan | null {
  return column as TestPlan | null;
}
