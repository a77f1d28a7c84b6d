import DataLoader from 'dataloader';
import type { Ctx } from '../activities/context.ts';
import {
  versionsOfWorkflows,
  workflowsById,
  type VersionSummary,
  type WorkflowView,
} from '../activities/definitions/index.ts';
import { attemptsOfDeliveries, type DeliveryAttemptView } from '../activities/endpoints/index.ts';
import { MAX_PAGE, type Page } from '../activities/page.ts';
import { countSteps, readRunValues, stepsOfRuns, type StepView } from '../activities/runs/index.ts';
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
  stepCounts: DataLoader<string, number>;
  runValues: DataLoader<StoredValue, Json>;
  workflows: DataLoader<string, WorkflowView>;
  /** First pages of versions. */
  versions: DataLoader<{ workflowId: string; first: number }, Page<VersionSummary>>;
  /** The secret tokens of open webhooks, by workflow; null where the caller may not have it. */
  webhookTokens: DataLoader<string, string | null>;
  deliveryAttempts: DataLoader<string, DeliveryAttemptView[]>;
}

/** The loaders of one request or socket. */
export function createLoaders(ctx: Ctx): Loaders {
  return {
    steps: new DataLoader((runIds) => loadSteps(ctx, runIds), { cache: false, maxBatchSize: MAX_PAGE }),
    stepCounts: new DataLoader(
      async (runIds) => {
        const counts = await countSteps(ctx, { runIds: [...new Set(runIds)] });
        return runIds.map((id) => counts.get(id) ?? 0);
      },
      { cache: false, maxBatchSize: MAX_PAGE },
    ),
    deliveryAttempts: new DataLoader(
      async (ids) => {
        const read = await attemptsOfDeliveries(ctx, { deliveryIds: [...new Set(ids)] });
        return ids.map((id) => read.get(id) ?? []);
      },
      { cache: false, maxBatchSize: MAX_PAGE },
    ),
    runValues: new DataLoader((values) => loadValues(ctx, values), { cache: false }),
    workflows: new DataLoader(
      async (ids) => {
        const read = await workflowsById(ctx, { ids: [...new Set(ids)] });
        return ids.map((id) => read.get(id) ?? new Error(`Workflow ${id} is gone`));
      },
      { cache: false, maxBatchSize: MAX_PAGE },
    ),
    versions: new DataLoader((wanted) => loadVersions(ctx, wanted), {
      ...{ cache: false, maxBatchSize: MAX_PAGE },
    }),
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

/** One reading for each size of page that is asked for; a document has few. */
async function loadVersions(ctx: Ctx, wanted: readonly { workflowId: string; first: number }[]) {
  const found = new Map<number, Map<string, Page<VersionSummary>>>();
  for (const first of new Set(wanted.map((one) => one.first))) {
    const ids = wanted.filter((one) => one.first === first).map(({ workflowId }) => workflowId);
    found.set(first, await versionsOfWorkflows(ctx, { workflowIds: [...new Set(ids)], first }));
  }
  return wanted.map(
    ({ workflowId, first }) =>
      found.get(first)?.get(workflowId) ?? { items: [], endCursor: null, hasNextPage: false },
  );
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
