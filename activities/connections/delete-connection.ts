import { z } from 'zod';
import type { Db } from '../../prisma/database.ts';
import { DomainError } from '../../workflows/errors.ts';
import type { TenantId } from '../../workflows/ids.ts';
import { idField } from '../input-fields.ts';
import { readPeople } from '../tenancy/index.ts';
import { verb } from '../verb.ts';
import { toConnectionView, type ConnectionView } from './connection-view.ts';
import { findDefaultMailConnection } from './default-mail-connection.ts';
import { lockConnection } from './lock-connection.ts';
import { forgetSlots } from './reserve-slot.ts';

/**
 * Deletes a connection with its secrets and returns what it was. Throws NOT_FOUND, or PRECONDITION_FAILED while the
 * newest version of a workflow in use needs it (`details.workflows`: `{ id, name }` of up to 20).
 */
export const deleteConnection = verb({
  action: 'connection.delete',
  permission: 'connections.write',
  input: z.strictObject({ id: idField }),
  run: async ({ db, tenantId, target }, { id }): Promise<ConnectionView> => {
    const row = await lockConnection(db, tenantId, id);
    const isDefault = (await findDefaultMailConnection(db, tenantId))?.id === id;
    checkUnused(await workflowsUsing(db, tenantId, { name: row.name, isDefault }));
    await forgetSlots(db, tenantId, id);
    await db.connection.deleteMany({ where: { tenantId, id } });
    target(id, { name: row.name, kind: row.kind });
    return toConnectionView(row, await readPeople(db, tenantId, [row.createdBy]));
  },
});

interface UsingWorkflow {
  id: string;
  name: string;
}

function checkUnused(workflows: UsingWorkflow[]): void {
  if (workflows.length === 0) return;
  const names = workflows.map((workflow) => workflow.name).join(', ');
  throw new DomainError(
    'PRECONDITION_FAILED',
    'connection_in_use',
    `Published workflows still use this connection: ${names}. Publish them without it first.`,
    { workflows: workflows.map((workflow) => ({ ...workflow })) },
  );
}

/** Finds the effect steps that name the connection, at any depth; for the default one, those that name none too. */
const STEPS_WITH_CONNECTION = `$.** ? (exists(@.with)
  && (@.kind == "http" || @.kind == "postgres" || @.kind == "email")
  && (@.with.connection == $name || ($default == true && @.kind == "email" && !exists(@.with.connection))))`;

function workflowsUsing(
  db: Db,
  tenantId: TenantId,
  connection: { name: string; isDefault: boolean },
): Promise<UsingWorkflow[]> {
  const variables = JSON.stringify({ name: connection.name, default: connection.isDefault });
  return db.$queryRaw`
    SELECT w.id, w.name FROM workflow w
    JOIN workflow_version v ON v.tenant_id = w.tenant_id AND v.workflow_id = w.id AND v.number = w.latest_version
    WHERE w.tenant_id = ${tenantId}::uuid AND w.archived_at IS NULL
      AND jsonb_path_exists(v.definition, ${STEPS_WITH_CONNECTION}::jsonpath, ${variables}::jsonb, true)
    ORDER BY w.name, w.id LIMIT 20`;
}
