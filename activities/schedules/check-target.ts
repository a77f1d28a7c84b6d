import type { Db } from '../../prisma/database.ts';
import type { Flow } from '../../workflows/definitions/index.ts';
import type { TenantId } from '../../workflows/ids.ts';
import type { Json } from '../../workflows/json.ts';
import { findVersion } from '../definitions/index.ts';
import { checkRunInput, findStartable } from '../runs/index.ts';

/** What a schedule starts. `version` null is the newest one. */
export interface ScheduleTarget {
  workflowId: string;
  version: number | null;
  input: Json;
}

/**
 * Keeps publications and the archiving of a workflow waiting until the transaction ends. Before any lock of a schedule,
 * as they do it.
 */
export async function holdWorkflow(db: Db, tenantId: TenantId, workflowId: string): Promise<void> {
  await db.$queryRaw`SELECT id FROM workflow WHERE tenant_id = ${tenantId}::uuid AND id = ${workflowId}::uuid FOR SHARE`;
}

/**
 * Refuses what could not be started today. The workflow stays as it is until the transaction ends, so that one that is
 * being archived takes this schedule along or is seen here. Throws NOT_FOUND, PRECONDITION_FAILED `workflow_archived` or
 * `workflow_not_published`, INVALID `input_invalid`.
 */
export async function checkTarget(db: Db, tenantId: TenantId, target: ScheduleTarget): Promise<void> {
  const { workflowId, version, input } = target;
  await holdWorkflow(db, tenantId, workflowId);
  const { latestVersion } = await findStartable(db, tenantId, workflowId);
  const number = version ?? latestVersion;
  const { definition } = await findVersion(db, tenantId, { workflowId, number });
  checkRunInput(definition as unknown as Flow, input);
}
