import type { DefinitionChange, StepKind } from '../../workflows/definitions/index.ts';
import type { ApprovalClass } from '../../workflows/approvals/model.ts';
import { DomainError } from '../../workflows/errors.ts';
import type { RunId, WorkflowId } from '../../workflows/ids.ts';
import type { z } from 'zod';
import type { Ctx } from '../context.ts';
import { invalidInput } from '../invalid-input.ts';
import type { Query } from '../query.ts';
import { requirePermission } from '../verb.ts';
import { bulkRerunInput } from './bulk-rerun-input.ts';
import { ALREADY_RERUN, findBulkTargets, type BulkTargets } from './bulk-rerun-targets.ts';
import { prepareRerun, type PreparedRerun } from './prepare-rerun.ts';
import { toRerunPreview, type RerunPreview } from './preview-rerun.ts';

/** What a step would do outside once more, over all runs. */
export interface BulkRepeat {
  workflowId: WorkflowId;
  workflowName: string;
  stepId: string;
  kind: StepKind;
  summary: string;
  class: ApprovalClass | null;
  idempotent: boolean;
  note: string;
  /** How often, over all runs. */
  times: number;
}

/** Runs of one version that would run another, or the same, one. */
export interface BulkVersion {
  workflowId: WorkflowId;
  workflowName: string;
  from: number;
  to: number;
  runs: number;
  differences: DefinitionChange[];
}

/** What a bulk re-run would do. */
export interface BulkRerunPreview {
  /** How many runs would be started. */
  count: number;
  alreadyRerun: number;
  left: number;
  refused: { runId: RunId; reason: string; message: string }[];
  repeats: BulkRepeat[];
  versions: BulkVersion[];
  /** The first runs one by one. */
  samples: { runId: RunId; preview: RerunPreview }[];
}

/** Runs planned in one transaction, which must stay short; and runs shown one by one. */
const BATCH = 20;
const SAMPLES = 10;

/**
 * Shows what a bulk re-run would take, refuse and do again. Writes nothing. Throws FORBIDDEN, INVALID, NOT_FOUND for a
 * named run that is not there.
 */
export const previewBulkRerun: Query<typeof bulkRerunInput, BulkRerunPreview> = Object.assign(
  async (ctx: Ctx, raw: z.input<typeof bulkRerunInput>): Promise<BulkRerunPreview> => {
    requirePermission(ctx, 'runs.read');
    const parsed = bulkRerunInput.safeParse(raw);
    if (!parsed.success) throw invalidInput(parsed.error);
    const { fromStep = null, version = null } = parsed.data;
    const targets = await ctx.database.withTenant(ctx.tenantId, (db) =>
      findBulkTargets(db, ctx.tenantId, parsed.data),
    );
    const sum = new Sum(targets);
    for (let i = 0; i < targets.taken.length; i += BATCH) {
      const batch = targets.taken.slice(i, i + BATCH);
      for (const add of await planBatch(ctx, batch, { fromStep, version })) add(sum);
    }
    return sum.preview();
  },
  { permission: 'runs.read' as const },
);

/** Plans some runs in one transaction. It may be tried again, so that nothing is added up before its end. */
function planBatch(
  { database, tenantId }: Ctx,
  runIds: string[],
  how: { fromStep: string | null; version: number | null },
): Promise<((sum: Sum) => void)[]> {
  return database.withTenant(tenantId, async (db) => {
    const plans: ((sum: Sum) => void)[] = [];
    for (const runId of runIds)
      try {
        const prepared = await prepareRerun(db, tenantId, { runId, ...how });
        plans.push((sum) => sum.add(prepared));
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        plans.push((sum) => sum.refuse(runId, error));
      }
    return plans;
  });
}

/** Adds up the plans of many runs. */
class Sum {
  readonly #targets: BulkTargets;
  readonly #refused: BulkRerunPreview['refused'];
  readonly #repeats = new Map<string, BulkRepeat>();
  readonly #versions = new Map<string, BulkVersion>();
  readonly #samples: BulkRerunPreview['samples'] = [];
  #count = 0;

  constructor(targets: BulkTargets) {
    this.#targets = targets;
    this.#refused = targets.done.map((runId) => ({ runId: runId as RunId, ...ALREADY_RERUN }));
  }

  refuse(runId: string, { reason, message }: DomainError): void {
    this.#refused.push({ runId: runId as RunId, reason, message });
  }

  add(prepared: PreparedRerun): void {
    const { run, version, plan, problems } = prepared;
    if (this.#samples.length < SAMPLES)
      this.#samples.push({ runId: run.id as RunId, preview: toRerunPreview(prepared) });
    const [problem] = problems;
    if (problem) return this.refuse(run.id, problem);
    this.#count += 1;
    const workflow = { workflowId: run.workflowId as WorkflowId, workflowName: run.workflowName };
    const ofVersion = entryOf(this.#versions, [run.workflowId, run.version], () => ({
      ...{ ...workflow, from: run.version, to: version.number, runs: 0 },
      differences: plan?.differences ?? [],
    }));
    ofVersion.runs += 1;
    for (const { stepId, kind, summary, class: itsClass, idempotent, note } of plan?.repeats ?? []) {
      const action = { stepId, kind, summary, class: itsClass, idempotent, note };
      const ofStep = entryOf(this.#repeats, [run.workflowId, stepId, kind, summary, idempotent], () => ({
        ...{ ...workflow, ...action, times: 0 },
      }));
      ofStep.times += 1;
    }
  }

  preview(): BulkRerunPreview {
    const { alreadyRerun, left } = this.#targets;
    return {
      ...{ count: this.#count, alreadyRerun, left, refused: this.#refused, samples: this.#samples },
      repeats: [...this.#repeats.values()],
      versions: [...this.#versions.values()],
    };
  }
}

/** The entry of a map under this key, made when it is not there. */
function entryOf<Value>(map: Map<string, Value>, key: unknown[], make: () => Value): Value {
  const name = JSON.stringify(key);
  const value = map.get(name) ?? make();
  map.set(name, value);
  return value;
}
