import { createHash } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import type { Db } from '../../prisma/database.ts';
import { LAUNCH_STAGES } from '../../workflows/launch-stage.ts';
import { definitionHashText, flowSchema, type Flow } from '../../workflows/definitions/index.ts';
import type { Json } from '../../workflows/json.ts';
import type { RunKey } from '../../workflows/runs/activities.ts';
import type { Held, OpenedRun, RunSeed } from '../../workflows/runs/model.ts';
import type { QueuedMessage } from '../context.ts';
import { publish } from '../publish.ts';
import { admissionKey } from './admission-key.ts';
import { askForPlace } from './admission.ts';
import { knownFlow, type VersionKey } from '../definitions/index.ts';
import type { RunDeps } from './deps.ts';
import { markRunning } from './mark-running.ts';
import { outcomeOf } from './run-outcome.ts';
import { testPlanOf } from './test-run-column.ts';
import { writtenRun } from './written-run.ts';

/**
 * Makes the activity that reads a run with its definition and marks it RUNNING when it was QUEUED and has its place
 * under the limit of its workflow; `admission` says what keeps it from that. Not to be retried: no such run, a run that
 * is over, a definition that is not the one the run was started with.
 */
export function openRun(deps: RunDeps) {
  return async (key: RunKey): Promise<OpenedRun> => {
    const { opened, messages, limited } = await deps.database.withTenant(key.tenantId, (db) => open(db, key));
    deps.dispatcher.dispatch(messages);
    return limited ? openLimited(deps, key, { opened, ...limited }) : opened;
  };
}

/** A run as it was read, and what it must ask for before it may begin. */
interface Read {
  opened: OpenedRun;
  /** What is to be sent, now that it is written. */
  messages: QueuedMessage[];
  limited: { limits: Concurrency; run: { createdAt: Date } } | null;
}
type Concurrency = NonNullable<NonNullable<Flow['limits']>['concurrency']>;

// The key is worked out between two transactions: values that it needs are read in transactions of their own.
async function openLimited(
  deps: RunDeps,
  key: RunKey,
  { opened, limits, run }: { opened: OpenedRun; limits: Concurrency; run: { createdAt: Date } },
): Promise<OpenedRun> {
  const { limit, whenFull = 'queue', key: template } = limits;
  const made = await admissionKey(deps, key, {
    ...{ template, input: opened.input, createdAt: run.createdAt },
  });
  if ('error' in made) return { ...opened, admission: { status: 'FAILED', error: made.error } };
  const wanted = { ...key, workflowId: opened.workflow.id, concurrencyKey: made.key, limit, whenFull };
  const startedAt = new Date();
  const { admission, messages } = await deps.database.withTenant(key.tenantId, async (db) => {
    const answer = await askForPlace(db, wanted);
    if (answer.admission) return answer;
    return { ...answer, messages: [...answer.messages, ...(await begin(db, key, startedAt))] };
  });
  deps.dispatcher.dispatch(messages);
  return admission ? { ...opened, admission } : { ...opened, startedAt: startedAt.toISOString() };
}

async function open(db: Db, key: RunKey): Promise<Read> {
  const run = await db.run.findFirst({ where: { tenantId: key.tenantId, id: key.runId } });
  if (!run) throw refusal('RUN_MISSING', 'There is no such run.');
  const outcome = await outcomeOf(db, key.tenantId, run);
  // Temporal may give the last task of a run again, when something came in at its end: it ends as it did.
  if (outcome)
    throw ApplicationFailure.nonRetryable(`This run is ${run.status} already.`, 'RUN_CLOSED', outcome);
  const launchStage = LAUNCH_STAGES.find((stage) => stage === run.launchStage);
  if (!launchStage) throw refusal('RUN_UNREADABLE', 'The launch stage of this run is not known.');
  const flow = await readFlow(db, key, run);
  const test = testPlanOf(run.test);
  const startedAt = run.startedAt ?? new Date();
  // A test of a draft takes nobody's place.
  const asks = run.status === 'QUEUED' && run.admittedAt === null && run.test === null;
  const limits = asks ? flow.limits?.concurrency : undefined;
  const messages = run.status === 'QUEUED' && !limits ? await begin(db, key, startedAt) : [];
  const opened: OpenedRun = {
    ...writtenRun({ ...run, launchStage }, { flow, input: await readInput(db, key, run) }),
    startedAt: startedAt.toISOString(),
    cancelRequested: run.cancelRequestedAt !== null,
    // Written by us, with the run, and never changed.
    ...(run.carry === null ? {} : { seed: run.carry as unknown as RunSeed }),
    ...(test === null ? {} : { test }),
  };
  return { opened, messages, limited: limits ? { limits, run } : null };
}

async function readFlow(
  db: Db,
  { tenantId }: RunKey,
  run: { workflowId: string; version: number; hash: string; testDraft: unknown },
): Promise<Flow> {
  const { workflowId, version, hash, testDraft } = run;
  if (testDraft !== null) return readDraft(testDraft, hash);
  const key = { tenantId, workflowId, number: version, hash };
  return knownFlow(key, () => readVersion(db, key));
}

async function readVersion(db: Db, { hash, ...where }: VersionKey): Promise<Flow> {
  const row = await db.workflowVersion.findFirst({ where });
  const name = `Version ${where.number}`;
  if (!row) throw refusal('DEFINITION_MISSING', `${name} of the workflow is not there.`);
  const parsed = flowSchema.safeParse(row.definition);
  if (!parsed.success) throw refusal('DEFINITION_UNREADABLE', `${name} of the workflow cannot be read.`);
  const stored = createHash('sha256').update(definitionHashText(parsed.data)).digest('hex');
  if (stored !== hash || row.hash !== hash)
    throw refusal('DEFINITION_CHANGED', `${name} is not the one that this run was started with.`);
  return parsed.data;
}

function readDraft(draft: unknown, hash: string): Flow {
  const parsed = flowSchema.safeParse(draft);
  if (!parsed.success) throw refusal('DEFINITION_UNREADABLE', 'The draft of this test run cannot be read.');
  if (createHash('sha256').update(definitionHashText(parsed.data)).digest('hex') === hash) return parsed.data;
  throw refusal('DEFINITION_CHANGED', 'The draft is not the one that this test run was started with.');
}

async function readInput(
  db: Db,
  { tenantId }: RunKey,
  run: { input: unknown; inputRef: string | null },
): Promise<Held> {
  if (run.inputRef === null) return { value: run.input as Json };
  const { bytes } = await db.runValue.findFirstOrThrow({
    where: { tenantId, id: run.inputRef },
    select: { bytes: true },
  });
  return { ref: run.inputRef, bytes };
}

async function begin(db: Db, key: RunKey, startedAt: Date): Promise<QueuedMessage[]> {
  await publish(db, { topic: 'run', ...key });
  return markRunning(db, key, startedAt);
}

function refusal(type: string, message: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(message, type);
}
