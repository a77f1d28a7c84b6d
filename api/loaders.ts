import DataLoader from 'dataloader';
import type { Ctx } from '../activities/context.ts';
import { getWorkflow, type WorkflowView } from '../activities/definitions/index.ts';
import { attemptsOfDeliveries, type DeliveryAttemptView } from '../activities/endpoints/index.ts';
import { MAX_PAGE } from '../activities/page.ts';
import { readRunValues, stepsOfRuns, type StepView } from '../activities/runs/index.ts';
import { webhookTokens } from '../activities/webhooks/index.ts';
import type { Json } from '../workflows/json.ts';

/** A value that a run keeps outside its rows. */
export interface StoredValue {
  runId: string;
  ref: string;
}

/** Read many things of one kind at once. Nothing is kept between batches: on a socket, values change. */
export interface Loaders {
  steps: DataLoader<string, StepView[]>;
  runValues: DataLoader<StoredValue, Json>;
  workflows: DataLoader<string, WorkflowView>;
  /** The secret tokens of open webhooks, by workflow; null where the caller may not have it. */
  webhookTokens: DataLoader<string, string | null>;
  deliveryAttempts: DataLoader<string, DeliveryAttemptView[]>;
}

/** The loaders of one request or socket. */
export function createLoaders(ctx: Ctx): Loaders {
  return {
    steps: new DataLoader((runIds) => loadSteps(ctx, runIds), { cache: false, maxBatchSize: MAX_PAGE }),
    deliveryAttempts: new DataLoader(
      async (ids) => {
        const read = await attemptsOfDeliveries(ctx, { deliveryIds: [...new Set(ids)] });
        return ids.map((id) => read.get(id) ?? []);
      },
      { cache: false, maxBatchSize: MAX_PAGE },
    ),
    runValues: new DataLoader((values) => loadValues(ctx, values), { cache: false }),
    // A workflow's draft is checked against the organisation as it is read, so there is no reading of many.
    workflows: new DataLoader(
      async (ids) => {
        const read: WorkflowView[] = [];
        for (const id of ids) read.push(await getWorkflow(ctx, { id }));
        return read;
      },
      { cache: false },
    ),
    webhookTokens: new DataLoader(
      async (workflowIds) => {
        const tokens = await webhookTokens(ctx, [...new Set(workflowIds)]);
        return workflowIds.map((id) => tokens.get(id) ?? null);
      },
      { cache: false, maxBatchSize: MAX_PAGE },
    ),
  };
}

async function loadSteps(ctx: Ctx, runIds: readonly string[]): Promise<StepView[][]> {
  const steps = await stepsOfRuns(ctx, { runIds: [...new Set(runIds)] });
  return runIds.map((runId) => steps.get(runId) ?? []);
}

/** How many stored values one answer holds; each may have 1 MB. */
const MAX_STORED_VALUES = 25;

async function loadValues(ctx: Ctx, values: readonly StoredValue[]): Promise<Json[]> {
  const shown = values.slice(0, MAX_STORED_VALUES);
  const byRun = new Map<string, string[]>();
  for (const { runId, ref } of shown) byRun.set(runId, [...(byRun.get(runId) ?? []), ref]);
  const found = new Map<string, Json>();
  for (const [runId, refs] of byRun) {
    const read = await readRunValues(ctx, { runId, refs });
    refs.forEach((ref, i) => found.set(ref, read[i] ?? null));
  }
  return values.map(({ ref }, i) =>
    i < shown.length ? (found.get(ref) ?? null) : { levqor: 'stored', ref },
  );
}
