import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { CONNECTION_KINDS, connectionNameSchema } from '../../workflows/connections/model.ts';
import { DomainError } from '../../workflows/errors.ts';
import { personOf } from '../context.ts';
import { readPeople } from '../tenancy/index.ts';
import { verb } from '../verb.ts';
import { toConnectionView, VIEW_COLUMNS, type ConnectionView } from './connection-view.ts';
import { checkContent, contentField, toColumns } from './stored-connection.ts';

/**
 * Makes a connection; its secrets are sealed before they are stored.
 * Throws INVALID with each field that is wrong, CONFLICT for a name that is taken.
 */
export const createConnection = verb({
  action: 'connection.create',
  permission: 'connections.write',
  secret: true,
  input: z.strictObject({
    name: connectionNameSchema,
    kind: z.enum(CONNECTION_KINDS),
    settings: contentField,
    secrets: contentField.nullish(),
  }),
  run: async ({ db, tenantId, actor, keyring, target }, input): Promise<ConnectionView> => {
    const content = checkContent({ kind: input.kind, settings: input.settings, secrets: input.secrets });
    const id = randomUUID();
    const columns = await toColumns(db, { tenantId, connectionId: id, keyring }, content);
    const { count } = await db.connection.createMany({
      data: [{ tenantId, id, name: input.name, kind: input.kind, ...columns, createdBy: personOf(actor) }],
      skipDuplicates: true,
    });
    if (count === 0)
      throw new DomainError(
        'CONFLICT',
        'connection_name_taken',
        'Another connection has this name. Choose a different one, or rotate that connection.',
        { field: 'name' },
      );
    target(id, { name: input.name, kind: input.kind });
    const row = await db.connection.findFirstOrThrow({ where: { tenantId, id }, select: VIEW_COLUMNS });
    return toConnectionView(row, await readPeople(db, tenantId, [row.createdBy]));
  },
});
