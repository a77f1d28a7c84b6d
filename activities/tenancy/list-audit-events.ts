import { z } from 'zod';
import { DomainError } from '../../workflows/errors.ts';
import type { Json } from '../../workflows/json.ts';
import type { Actor } from '../context.ts';
import { idField, textField } from '../input-fields.ts';
import { pageFields, type Page } from '../page.ts';
import { query } from '../query.ts';

/** One thing that was done. `sequence` counts from 1 in each tenant, without gaps. `at` is ISO 8601. */
export interface AuditEventView {
  sequence: number;
  at: string;
  actor: Actor;
  action: string;
  target: string | null;
  requestId: string | null;
  details: Json;
}

/**
 * What was done in the tenant, newest first; by one person, key or run, one action, to one thing, or in a period whose
 * ends count.
 */
export const listAuditEvents = query({
  permission: 'audit.read',
  input: z.strictObject({
    ...pageFields,
    actor: idField.nullish(),
    action: textField(100).nullish(),
    target: textField(200).nullish(),
    from: z.date().nullish(),
    until: z.date().nullish(),
  }),
  run: async ({ db, tenantId }, input): Promise<Page<AuditEventView>> => {
    const before = readSequence(input.after ?? null);
    const rows = await db.auditEvent.findMany({
      where: {
        tenantId,
        ...(before !== null && { sequence: { lt: before } }),
        ...(input.action && { action: input.action }),
        ...(input.target && { target: input.target }),
        ...((input.from || input.until) && { at: { ...from(input.from), ...until(input.until) } }),
        ...(input.actor && {
          OR: ['personId', 'apiKeyId', 'runId'].map((key) => ({
            actor: { path: [key], equals: input.actor ?? '' },
          })),
        }),
      },
      orderBy: { sequence: 'desc' },
      take: input.first + 1,
    });
    const items = rows.slice(0, input.first).map((row) => ({
      cursor: Buffer.from(String(row.sequence)).toString('base64url'),
      node: {
        sequence: Number(row.sequence),
        at: row.at.toISOString(),
        actor: row.actor as unknown as Actor,
        action: row.action,
        target: row.target,
        requestId: row.requestId,
        details: row.details as Json,
      },
    }));
    return { items, endCursor: items.at(-1)?.cursor ?? null, hasNextPage: rows.length > input.first };
  },
});

const from = (at: Date | null | undefined) => (at ? { gte: at } : {});
const until = (at: Date | null | undefined) => (at ? { lte: at } : {});

function readSequence(cursor: string | null): bigint | null {
  if (cursor === null) return null;
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  if (/^[1-9]\d{0,17}$/.test(text)) return BigInt(text);
  throw new DomainError(
    'INVALID',
    'cursor_invalid',
    'after: this cursor is not one of ours. Use the endCursor of a page.',
    { field: 'after' },
  );
}
