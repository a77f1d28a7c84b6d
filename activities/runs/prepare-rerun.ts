import type { Db } from '../../prisma/database.ts';
import type { Flow } from '../../workflows/definitions/index.ts';
import { DomainError } from '../../workflows/errors.ts';
import type { RunId, TenantId } from '../../workflows/ids.ts';
import type { Json } from '../../workflows/json.ts';
import type { RunError, RunResponse } from '../../workflows/runs/model.ts';
import type { PastStep } from '../../workflows/runs/past-steps.ts';
import { failedStep, findPastStep, planRerun, type RerunPlan } from '../../workflows/runs/rerun-plan.ts';
import { findVersion } from '../definitions/index.ts';
import { checkDefinition } from './check-definition.ts';
import { findRun } from './find-run.ts';
import { readPastSteps } from './read-past-steps.ts';
import { findStored, unpack } from './read-value.ts';
import { isFinal } from './run-state.ts';
import { checkRunInput, findStartable } from './startable.ts';

/** What to run again: from a step, by its path or its id (null: where it failed), on a version; its own when left out. */
export interface RerunInput {
  runId: string;
  fromStep: string | null;
  version?: number | null | undefined;
}

/** The seed travels in the workflow's history, so that it has to be small: bytes of JSON. */
const SEED_BYTES = 768 * 1024;

type RunRow = Awaited<ReturnType<typeof findRun>>;
type VersionRow = Awaited<ReturnType<typeof findVersion>>;

/** A run again as it could be started. With `problems` it cannot, and the first of them is what to throw. */
export interface PreparedRerun {
  run: RunRow;
  version: VersionRow;
  /** The path of the step that was asked for. */
  from: string;
  plan: RerunPlan | null;
  problems: DomainError[];
}

/**
 * Plans to run again. Throws NOT_FOUND for the run or the version, PRECONDITION_FAILED `run_open` or
 * `run_too_large`, INVALID `step_unknown`, `step_ambiguous` or `version_older`.
 */
export async function prepareRerun(db: Db, tenantId: TenantId, input: RerunInput): Promise<PreparedRerun> {
  const run = await findRun(db, tenantId, input.runId);
  if (!isFinal(run.status)) throw runOpen(run.status);
  if (run.test !== null) throw testRun();
  const number = input.version ?? run.version;
  if (number < run.version) throw versionOlder(run.version);
  const { workflowId } = run;
  const ranVersion = await findVersion(db, tenantId, { workflowId, number: run.version });
  const version =
    number === run.version ? ranVersion : await findVersion(db, tenantId, { workflowId, number });
  const flow = version.definition as unknown as Flow;
  const steps = await readPastSteps(db, tenantId, run.id);
  const from =
    input.fromStep === null
      ? (failedStep(steps, run.error as RunError | null)?.path ?? flow.steps[0]?.id ?? '')
      : pathOf(steps, input.fromStep);
  const response = run.response as unknown as RunResponse | null;
  const plan = planRerun({ flow: ranVersion.definition as unknown as Flow, steps, response }, flow, from);
  const problems = await problemsOf(
    () => Promise.resolve(checkPlan(plan, { from, number })),
    () => findStartable(db, tenantId, workflowId),
    () => checkDefinition(db, tenantId, version),
    async () => checkRunInput(flow, await readRunInput(db, tenantId, run)),
  );
  return { run, version, from, plan, problems };
}

function pathOf(steps: PastStep[], wanted: string): string {
  const found = findPastStep(steps, wanted);
  if (found === 'unknown')
    throw new DomainError(
      'INVALID',
      'step_unknown',
      'fromStep: this run never came to such a step. Use a path as the steps of the run show it.',
      { field: 'fromStep' },
    );
  if (found === 'ambiguous')
    throw new DomainError(
      'INVALID',
      'step_ambiguous',
      'fromStep: the run came to this step more than once. Use one of its paths, such as lines[3]/log.',
      { field: 'fromStep' },
    );
  return found.path;
}

function checkPlan(plan: RerunPlan | null, { from, number }: { from: string; number: number }): void {
  if (!plan)
    throw new DomainError(
      'INVALID',
      'step_not_in_version',
      `fromStep: version ${number} has no step at ${from}. Choose an earlier step, or another version.`,
      { field: 'fromStep' },
    );
  if (Buffer.byteLength(JSON.stringify(plan.seed)) > SEED_BYTES)
    throw new DomainError(
      'PRECONDITION_FAILED',
      'rerun_too_large',
      'The results to take over are too large together. Run again from an earlier step, or start a new run.',
    );
}

/** The refusals of these checks, in their order. Whatever else they throw goes on. */
async function problemsOf(...checks: (() => Promise<unknown>)[]): Promise<DomainError[]> {
  const problems: DomainError[] = [];
  for (const check of checks)
    try {
      await check();
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      problems.push(error);
    }
  return problems;
}

/** An input is checked as it is read: larger ones were refused when the run was started. */
const INPUT_BYTES = 50 * 1024 * 1024;

async function readRunInput(db: Db, tenantId: TenantId, run: RunRow): Promise<Json> {
  if (run.inputRef === null) return run.input as Json;
  const key = { tenantId, runId: run.id as RunId };
  const stored = await findStored(db, key, { ref: run.inputRef, maxBytes: INPUT_BYTES });
  if (!stored?.content) throw new Error('The input of a run is missing');
  return JSON.parse(await unpack(stored.content)) as Json;
}

function runOpen(status: string): DomainError {
  return new DomainError(
    'PRECONDITION_FAILED',
    'run_open',
    `This run is not over yet (${status}). Wait until it is, or cancel it first.`,
    { status },
  );
}

// Results that were given, not made, would be taken over as if they were real.
function testRun(): DomainError {
  return new DomainError(
    'PRECONDITION_FAILED',
    'run_is_test',
    'This is a test run. Start another test run, or a run of the published version.',
  );
}

function versionOlder(version: number): DomainError {
  return new DomainError(
    'INVALID',
    'version_older',
    `version: the run had version ${version}. Choose that one or a newer one.`,
    { field: 'version' },
  );
}
