import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { ConnectionKind } from '../../workflows/connections/model.ts';
import { idField } from '../input-fields.ts';
import { readPeople } from '../tenancy/index.ts';
import { verb } from '../verb.ts';
import { toConnectionView, VIEW_COLUMNS, type ConnectionView } from './connection-view.ts';
import { lockConnection } from './lock-connection.ts';
import { forgetSlots } from './reserve-slot.ts';
import { checkContent, contentField, toColumns } from './stored-connection.ts';

/**
 * Replaces a connection's secrets (null takes them away) and, when given, its settings; steps use the new ones from
 * their next attempt on. Throws NOT_FOUND or INVALID.
 */
export const rotateConnection = verb({
  action: 'connection.rotate',
  permission: 'connections.write',
  secret: true,
  input: z.strictObject({
    id: idField,
    settings: contentField.nullish(),
    secrets: contentField.nullable(),
  }),
  run: async ({ db, tenantId, keyring, target }, input): Promise<ConnectionView> => {
    const before = await lockConnection(db, tenantId, input.id);
    const content = checkContent({
      kind: before.kind as ConnectionKind,
      settings: input.settings ?? before.settings,
      secrets: input.secrets,
    });
    const columns = await toColumns(db, { tenantId, connectionId: input.id, keyring }, content);
    await db.connection.updateMany({
      where: { tenantId, id: input.id },
      data: { ...columns, version: before.version + 1, rotatedAt: new Date() },
    });
    if (!isDeepStrictEqual(before.settings, columns.settings)) await forgetSlots(db, tenantId, input.id);
    target(input.id, { name: before.name, version: before.version + 1, settings: Boolean(input.settings) });
    const row = await db.connection.findFirstOrThrow({
      where: { tenantId, id: input.id },
      select: VIEW_COLUMNS,
    });
    return toConnectionView(row, await readPeople(db, tenantId, [row.createdBy]));
  },
});
