import { Prisma, type Db } from '../../prisma/database.ts';
import type { Flow } from '../../workflows/definitions/model.ts';
import { uuidOfGlobalId, type RunId, type TenantId } from '../../workflows/ids.ts';
import type { Json } from '../../workflows/json.ts';
import type { ChildRunOutcome, CreateChildRunInput, StepFailure } from '../../workflows/runs/activities.ts';
import { INLINE_BYTES, type StepErrorCode } from '../../workflows/runs/model.ts';
import type { TestPlan } from '../../workflows/runs/test-plan.ts';
import { uuidOf } from '../../workflows/sha256.ts';
import type { RunDeps } from './deps.ts';
import { packText, tooLarge, writeValue, type PackedValue } from './hold-value.ts';
import { inputIssues } from './input-issues.ts';
import { jsonbHolds } from './settle-held.ts';

const PLAIN_TEST: TestPlan = { pins: {}, until: null, only: null, vars: {}, unpinnedEffects: 'RUN' };

/** How deep workflows may call each other: the tenth run below the first is the last. */
export const MAX_CALL_DEPTH = 10;

/**
 * Makes the activity that writes the run that a `callWorkflow` step starts. Run and path of the caller make the
 * child's id, so the same call gives the same run. Its input is copied: a child sees no value of its caller.
 */
export function createChildRun({ database, values }: RunDeps) {
  return async (input: CreateChildRunInput): Promise<ChildRunOutcome> => {
    if (input.depth > MAX_CALL_DEPTH) return { error: tooDeep() };
    const runId = uuidOf(JSON.stringify(['child', input.runId, input.path])) as RunId;
    // No input is an empty one, as when a run is started.
    const value = (await values.read(input, input.input)) ?? {};
    const given = await childInput(input.tenantId, runId, value);
    if ('error' in given) return given;
    return database.withTenant(input.tenantId, async (db) => {
      const known = await db.run.findFirst({
        where: { tenantId: input.tenantId, id: runId },
        select: { workflowId: true, version: true },
      });
      if (known) return { runId, ...known };
      const called = await findCalled(db, input);
      if ('error' in called) return called;
      const issues = inputIssues(called.definition, value);
      if (issues[0])
        return {
          error: failure(
            'CHILD_FAILED',
            `The input does not fit the workflow ${called.name}: ${issues[0].message}`,
            {
              issues,
            },
          ),
        };
      await writeChild(db, { call: input, runId, called, given });
      return { runId, workflowId: called.workflowId, version: called.version };
    });
  };
}

interface Called {
  workflowId: string;
  name: string;
  version: number;
  hash: string;
  definition: Flow;
}

interface GivenInput {
  inline: Json;
  packed: PackedValue | null;
}

async function childInput(
  tenantId: TenantId,
  runId: RunId,
  value: Json,
): Promise<GivenInput | { error: StepFailure }> {
  const text = JSON.stringify(value);
  if (Buffer.byteLength(text) <= INLINE_BYTES && jsonbHolds(text)) return { inline: value, packed: null };
  const packed = await packText({ tenantId, runId, path: 'input' }, text);
  return packed ? { inline: null, packed } : { error: tooLarge('input') };
}

async function findCalled(
  db: Db,
  { tenantId, workflow, version }: CreateChildRunInput,
): Promise<Called | { error: StepFailure }> {
  const id = uuidOfGlobalId('workflow', workflow);
  const found = await db.workflow.findFirst({
    where: { tenantId, archivedAt: null, ...(id === null ? { name: workflow } : { id }) },
    orderBy: { createdAt: 'asc' },
  });
  if (!found)
    return { error: failure('CHILD_FAILED', `There is no workflow "${workflow}" to call.`, { workflow }) };
  const number = version ?? found.latestVersion;
  const row =
    number === null
      ? null
      : await db.workflowVersion.findFirst({ where: { tenantId, workflowId: found.id, number } });
  if (!row) {
    const what = number === null ? 'no published version yet' : `no published version ${number}`;
    const message = `The workflow "${found.name}" has ${what}.`;
    return { error: failure('CHILD_FAILED', message, { workflow, version }) };
  }
  return {
    workflowId: found.id,
    name: found.name,
    version: row.number,
    hash: row.hash,
    definition: row.definition as unknown as Flow,
  };
}

async function writeChild(
  db: Db,
  child: { call: CreateChildRunInput; runId: RunId; called: Called; given: GivenInput },
): Promise<void> {
  const { call, runId, called, given } = child;
  const { tenantId } = call;
  const parent = await db.run.findFirstOrThrow({ where: { tenantId, id: call.runId } });
  if (given.packed) await writeValue(db, given.packed);
  await db.run.createMany({
    data: [
      {
        tenantId,
        id: runId,
        workflowId: called.workflowId,
        workflowName: called.name,
        version: called.version,
        hash: called.hash,
        input: given.inline ?? Prisma.JsonNull,
        inputRef: given.packed?.id ?? null,
        trigger: 'workflow',
        launchStage: parent.launchStage,
        startedBy: calledBy(call),
        // What a test run calls is part of the test.
        ...(parent.test === null ? {} : { test: { ...PLAIN_TEST } }),
        requesterId: parent.requesterId,
        parentRunId: call.runId,
        parentPath: call.path,
        depth: call.depth,
      },
    ],
    skipDuplicates: true,
  });
}

// Besides the caller, who is told of the end of this run, and whether it goes on without its caller.
function calledBy({ runId, waits = false, onParentEnd = 'leave' }: CreateChildRunInput) {
  return { kind: 'workflow', runId, waits, onParentEnd };
}

function tooDeep(): StepFailure {
  const message = `Workflows can call each other ${MAX_CALL_DEPTH} deep. Look for a workflow that calls itself.`;
  return failure('LIMIT_REACHED', message, { depth: MAX_CALL_DEPTH });
}

function failure(code: StepErrorCode, message: string, details: Json): StepFailure {
  return { code, message, details, retryable: false };
}
