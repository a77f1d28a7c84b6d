import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Db, Prisma } from '../../prisma/database.ts';
import { definitionHashText, validateDefinition, type Flow } from '../../workflows/definitions/index.ts';
import { DomainError } from '../../workflows/errors.ts';
import type { PersonId, RunId, TenantId } from '../../workflows/ids.ts';
import { INLINE_BYTES } from '../../workflows/runs/model.ts';
import { testPlanIssues, UNPINNED_EFFECTS, type Pin, type TestPlan } from '../../workflows/runs/test-plan.ts';
import { personOf } from '../context.ts';
import { findVersion, findWorkflow, readTenantContext } from '../definitions/index.ts';
import { idField, jsonField, jsonObjectField, numberField, textField } from '../input-fields.ts';
import { verb } from '../verb.ts';
import { inputColumns, RUN_INPUT_LIMITS, type RunRef } from './begin-run.ts';
import { checkDefinition } from './check-definition.ts';
import { checkRunInput, startedBy } from './startable.ts';
import { DRAFT } from './test-run-column.ts';

/** The plan travels in the workflow's history with the definition: bytes of JSON, and levels of nesting. */
const PIN_LIMITS = { bytes: 512 * 1024, depth: 100 };
const VAR_LIMITS = { bytes: INLINE_BYTES, depth: 100 };
const stepField = textField(64);

/**
 * Starts a test run: of a published version, or of the draft when `version` is null. Steps with a given result (a pin)
 * do nothing; effects without one fail unless they are to run. Throws NOT_FOUND, PRECONDITION_FAILED
 * `workflow_archived`, INVALID `definition_invalid`, `input_invalid` or `test_invalid` (with `details.issues`).
 */
export const startTestRun = verb({
  action: 'run.test',
  // Effects of a draft may run: that is for those who could publish it.
  permission: 'definitions.publish',
  input: z.strictObject({
    workflowId: idField,
    version: numberField.nullish(),
    input: jsonField(RUN_INPUT_LIMITS).optional(),
    pins: jsonObjectField(PIN_LIMITS).nullish(),
    until: stepField.nullish(),
    only: stepField.nullish(),
    vars: jsonObjectField(VAR_LIMITS).nullish(),
    unpinnedEffects: z.enum(UNPINNED_EFFECTS).nullish(),
  }),
  run: async (tools, { workflowId, version = null, input = {}, ...wanted }): Promise<RunRef> => {
    const { db, tenantId, actor, launchStage } = tools;
    const tested = await findTested(db, tenantId, { workflowId, version });
    checkRunInput(tested.flow, input);
    const plan: TestPlan = {
      // Looked through by `testPlanIssues`.
      pins: (wanted.pins ?? {}) as Record<string, Pin>,
      until: wanted.until ?? null,
      only: wanted.only ?? null,
      vars: wanted.vars ?? {},
      unpinnedEffects: wanted.unpinnedEffects ?? 'FAIL',
    };
    checkPlan(tested.flow, plan);
    const runId = randomUUID() as RunId;
    const { workflowName, hash, publishedBy } = tested;
    await db.run.create({
      data: {
        ...{ tenantId, id: runId, workflowId, workflowName, hash, launchStage },
        ...(await inputColumns(db, { tenantId, runId }, input)),
        version: version ?? DRAFT,
        trigger: 'test',
        startedBy: startedBy(actor),
        requesterId: personOf(actor) ?? publishedBy,
        test: plan as unknown as Prisma.InputJsonObject,
        ...(version === null ? { testDraft: tested.flow as unknown as Prisma.InputJsonObject } : {}),
      },
    });
    tools.target(runId, { workflowId, version, unpinnedEffects: plan.unpinnedEffects });
    await tools.enqueue({ kind: 'startRun', runId, workflowId, version: version ?? DRAFT });
    return { id: runId };
  },
});

/** What is tested: a definition with its hash. */
interface Tested {
  workflowName: string;
  flow: Flow;
  hash: string;
  publishedBy: PersonId | null;
}

async function findTested(
  db: Db,
  tenantId: TenantId,
  { workflowId, version }: { workflowId: string; version: number | null },
): Promise<Tested> {
  const { name: workflowName, archivedAt, draft } = await findWorkflow(db, tenantId, workflowId);
  if (archivedAt !== null)
    throw new DomainError(
      'PRECONDITION_FAILED',
      'workflow_archived',
      'This workflow is archived, so it can no longer be tested.',
    );
  if (version !== null) {
    const { definition, hash, publishedBy } = await findVersion(db, tenantId, {
      workflowId,
      number: version,
    });
    await checkDefinition(db, tenantId, { definition, hash });
    return {
      workflowName,
      flow: definition as unknown as Flow,
      hash,
      publishedBy: publishedBy as PersonId | null,
    };
  }
  const flow = await checkedDraft(db, tenantId, draft);
  const hash = createHash('sha256').update(definitionHashText(flow)).digest('hex');
  return { workflowName, flow, hash, publishedBy: null };
}

// The checks of publishing: what cannot be published is not worth a test.
async function checkedDraft(db: Db, tenantId: TenantId, draft: Prisma.JsonValue): Promise<Flow> {
  const issues = validateDefinition(draft, await readTenantContext(db, tenantId));
  const [first] = issues;
  if (!first) return draft as unknown as Flow;
  throw new DomainError(
    'INVALID',
    'definition_invalid',
    `This draft cannot be tested yet: ${first.message}`,
    {
      field: 'workflowId',
      issues: issues.map((issue) => ({ ...issue })),
    },
  );
}

function checkPlan(flow: Flow, plan: TestPlan): void {
  const issues = testPlanIssues(flow, plan);
  const [first] = issues;
  if (!first) return;
  throw new DomainError('INVALID', 'test_invalid', `${first.field}: ${first.message}`, {
    field: first.field,
    issues: issues.map((issue) => ({ ...issue })),
  });
}
