import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Prisma, type Db } from '../../prisma/database.ts';
import { validateDefinition, type Flow } from '../../workflows/definitions/index.ts';
import { DomainError } from '../../workflows/errors.ts';
import type { RunId, TenantId } from '../../workflows/ids.ts';
import type { Json } from '../../workflows/json.ts';
import { INLINE_BYTES } from '../../workflows/runs/model.ts';
import { personOf, type Actor } from '../context.ts';
import { findVersion, findWorkflow, readTenantContext } from '../definitions/index.ts';
import { idField, jsonField, numberField } from '../input-fields.ts';
import { verb } from '../verb.ts';
import { packText, writeValue } from './hold-value.ts';
import { inputIssues } from './input-issues.ts';

/** The largest input of a run: bytes of JSON, and levels of nesting. */
const RUN_INPUT_LIMITS = { bytes: 1_048_576, depth: 100 };

/** A run by its id. */
export interface RunRef {
  id: RunId;
}

/**
 * Starts a run of a published version, the newest one unless `version` is given. It is QUEUED until a worker opens it.
 * Throws NOT_FOUND, PRECONDITION_FAILED `workflow_archived` or `workflow_not_published`, INVALID `definition_invalid`
 * or `input_invalid` (both with `details.issues`).
 */
export const startRun = verb({
  action: 'run.start',
  permission: 'runs.start',
  input: z.strictObject({
    workflowId: idField,
    version: numberField.nullish(),
    input: jsonField(RUN_INPUT_LIMITS).optional(),
  }),
  run: async (tools, { workflowId, version, input = {} }): Promise<RunRef> => {
    const { db, tenantId, actor, launchStage } = tools;
    const workflow = await findStartable(db, tenantId, workflowId);
    const number = version ?? workflow.latestVersion;
    const published = await findVersion(db, tenantId, { workflowId, number });
    const flow = await checkedFlow(db, tenantId, published.definition);
    checkRunInput(flow, input);
    const runId = randomUUID() as RunId;
    await db.run.create({
      data: {
        tenantId,
        id: runId,
        workflowId,
        workflowName: workflow.name,
        version: number,
        hash: published.hash,
        ...(await inputColumns(db, { tenantId, runId }, input)),
        launchStage,
        startedBy: startedBy(actor),
        requesterId: personOf(actor) ?? published.publishedBy,
      },
    });
    tools.target(runId, { workflowId, version: number });
    await tools.enqueue({ kind: 'startRun', runId });
    return { id: runId };
  },
});

/** Who started a run, as it is kept and shown: never a role, which may be another one tomorrow. */
function startedBy(actor: Actor): Prisma.InputJsonObject {
  switch (actor.kind) {
    case 'person': {
      const { kind, personId, email, name, apiKeyId } = actor;
      return { kind, personId, email, name, apiKeyId };
    }
    case 'service':
      return { kind: actor.kind, apiKeyId: actor.apiKeyId, name: actor.name };
    case 'workflow':
      return { kind: actor.kind, runId: actor.runId };
    case 'system':
      return { kind: actor.kind, name: actor.name };
  }
}

async function findStartable(db: Db, tenantId: TenantId, workflowId: string) {
  const workflow = await findWorkflow(db, tenantId, workflowId);
  const { archivedAt, latestVersion, name } = workflow;
  if (archivedAt !== null)
    throw new DomainError(
      'PRECONDITION_FAILED',
      'workflow_archived',
      'This workflow is archived, so it can no longer be started.',
    );
  if (latestVersion === null)
    throw new DomainError(
      'PRECONDITION_FAILED',
      'workflow_not_published',
      'This workflow has no published version yet. Publish it first.',
    );
  return { latestVersion, name };
}

// Valid when it was published, but connections and called workflows may have gone since.
async function checkedFlow(db: Db, tenantId: TenantId, definition: Prisma.JsonValue): Promise<Flow> {
  const issues = validateDefinition(definition, await readTenantContext(db, tenantId));
  const [first] = issues;
  if (!first) return definition as unknown as Flow;
  throw new DomainError(
    'INVALID',
    'definition_invalid',
    `This version cannot be started as things stand: ${first.message}`,
    { field: 'version', issues: issues.map((issue) => ({ ...issue })) },
  );
}

function checkRunInput(flow: Flow, input: Json): void {
  const issues = inputIssues(flow, input);
  const [first] = issues;
  if (!first) return;
  throw new DomainError('INVALID', 'input_invalid', `${first.field}: ${first.message}`, {
    field: first.field,
    issues,
  });
}

async function inputColumns(db: Db, key: { tenantId: TenantId; runId: RunId }, input: Json) {
  const text = JSON.stringify(input);
  if (Buffer.byteLength(text) <= INLINE_BYTES) return { input: input ?? Prisma.JsonNull };
  const packed = await packText({ ...key, path: 'input' }, text);
  // `input` was checked against a limit far below the one of stored values.
  if (!packed) throw new Error('The input is too large to be stored');
  await writeValue(db, packed);
  return { input: Prisma.JsonNull, inputRef: packed.id };
}
