import { z } from 'zod';
import { DomainError } from '../../workflows/errors.ts';
import { idField } from '../input-fields.ts';
import { pageFields, type Page } from '../page.ts';
import { query } from '../query.ts';
import { readPeople, type PersonSummary } from '../tenancy/index.ts';
import { findWorkflow } from './find-workflow.ts';
import { toVersionSummary, type VersionRow, type VersionSummary } from './version-view.ts';

/** A workflow's published versions, newest first. Throws NOT_FOUND. */
export const listVersions = query({
  permission: 'definitions.read',
  input: z.strictObject({ ...pageFields, workflowId: idField }),
  run: async ({ db, tenantId }, { workflowId, first, after }): Promise<Page<VersionSummary>> => {
    await findWorkflow(db, tenantId, workflowId);
    const before = readNumber(after ?? null);
    const rows = await db.workflowVersion.findMany({
      where: { tenantId, workflowId, ...(before !== null && { number: { lt: before } }) },
      omit: { definition: true },
      orderBy: { number: 'desc' },
      take: first + 1,
    });
    const people = await readPeople(
      db,
      tenantId,
      rows.map((row) => row.publishedBy),
    );
    return toVersionPage(rows, first, people);
  },
});

/** Makes a page of up to `first` versions from `first + 1` rows, newest first. */
export function toVersionPage(
  rows: VersionRow[],
  first: number,
  people: Map<string, PersonSummary>,
): Page<VersionSummary> {
  const items = rows.slice(0, first).map((row) => ({
    cursor: Buffer.from(String(row.number)).toString('base64url'),
    node: toVersionSummary(row, people),
  }));
  return { items, endCursor: items.at(-1)?.cursor ?? null, hasNextPage: rows.length > first };
}

function readNumber(cursor: string | null): number | null {
  if (cursor === null) return null;
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new DomainError(
    'INVALID',
    'cursor_invalid',
    'after: this cursor is not one of ours. Use the endCursor of a page.',
    { field: 'after' },
  );
}
