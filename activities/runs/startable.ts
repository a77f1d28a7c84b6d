import type { Db, Prisma } from '../../prisma/database.ts';
import type { Flow } from '../../workflows/definitions/index.ts';
import { DomainError } from '../../workflows/errors.ts';
import type { TenantId } from '../../workflows/ids.ts';
import type { Json } from '../../workflows/json.ts';
import type { Actor } from '../context.ts';
import { findVersion, findWorkflow, knownFlow } from '../definitions/index.ts';
import { inputIssues } from './input-issues.ts';

/** Who started a run, as it is kept and shown: never a role, which may be another one tomorrow. */
export function startedBy(actor: Actor): Prisma.InputJsonObject {
  switch (actor.kind) {
    case 'person': {
      const { kind, personId, email, name, apiKeyId } = actor;
      return { kind, personId, email, name, apiKeyId };
    }
    case 'service':
      return { kind: actor.kind, apiKeyId: actor.apiKeyId, name: actor.name };
    case 'workflow':
      return { kind: actor.kind, runId: actor.runId };
    case 'webhook':
      return { kind: actor.kind, webhookId: actor.webhookId };
    case 'schedule':
      return { kind: actor.kind, scheduleId: actor.scheduleId, name: actor.name };
    case 'system':
      return { kind: actor.kind, name: actor.name };
  }
}

/** A workflow that runs can be started of. Throws NOT_FOUND, PRECONDITION_FAILED `workflow_archived` or `workflow_not_published`. */
export async function findStartable(db: Db, tenantId: TenantId, workflowId: string) {
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

/** A version that a run can be started of. */
export interface StartableVersion {
  workflowName: string;
  number: number;
  hash: string;
  publishedBy: string | null;
  flow: Flow;
}

/**
 * Reads the version that a new run is to be of: the newest one when `version` is null. Throws what `findStartable`
 * throws, and NOT_FOUND for a version that there is not.
 */
export async function readStartable(
  db: Db,
  tenantId: TenantId,
  { workflowId, version }: { workflowId: string; version: number | null },
): Promise<StartableVersion> {
  const [row] = await db.$queryRaw<(Omit<StartableVersion, 'flow'> & { open: boolean })[]>`
    SELECT w.name AS "workflowName", w.archived_at IS NULL AND w.latest_version IS NOT NULL AS open,
      v.number, v.hash, v.published_by AS "publishedBy"
    FROM workflow w JOIN workflow_version v ON v.tenant_id = w.tenant_id AND v.workflow_id = w.id
      AND v.number = coalesce(${version}::int, w.latest_version)
    WHERE w.tenant_id = ${tenantId}::uuid AND w.id = ${workflowId}::uuid`;
  if (!row?.open) return refuseStart(db, tenantId, { workflowId, version });
  const { open: _open, ...found } = row;
  const key = { tenantId, workflowId, number: row.number, hash: row.hash };
  const read = async () => (await findVersion(db, tenantId, key)).definition as unknown as Flow;
  return { ...found, flow: await knownFlow(key, read) };
}

async function refuseStart(
  db: Db,
  tenantId: TenantId,
  { workflowId, version }: { workflowId: string; version: number | null },
): Promise<never> {
  const { latestVersion } = await findStartable(db, tenantId, workflowId);
  await findVersion(db, tenantId, { workflowId, number: version ?? latestVersion });
  throw new Error('The workflow changed while it was read');
}

/** Throws INVALID `input_invalid` with `details.issues` for an input that the workflow does not take. */
export function checkRunInput(flow: Flow, input: Json): void {
  const issues = inputIssues(flow, input);
  const [first] = issues;
  if (!first) return;
  throw new DomainError('INVALID', 'input_invalid', `${first.field}: ${first.message}`, {
    field: first.field,
    issues,
  });
}
