import { z } from 'zod';
import { textField } from '../input-fields.ts';
import { afterCursor, pageFields, readCursor, toPage, type Page } from '../page.ts';
import { query } from '../query.ts';
import { readPeople } from '../tenancy/index.ts';
import { toWorkflowSummary, type WorkflowSummary } from './workflow-view.ts';

const SUMMARY = {
  id: true,
  name: true,
  latestVersion: true,
  createdAt: true,
  createdBy: true,
  updatedAt: true,
  archivedAt: true,
} as const;

/** The tenant's workflows, newest first: those in use, or the archived ones; with `search` inside the name. */
export const listWorkflows = query({
  permission: 'definitions.read',
  input: z.strictObject({
    ...pageFields,
    search: textField(200).nullish(),
    archived: z.boolean().nullish(),
  }),
  run: async ({ db, tenantId }, input): Promise<Page<WorkflowSummary>> => {
    const rows = await db.workflow.findMany({
      where: {
        tenantId,
        archivedAt: input.archived ? { not: null } : null,
        ...(input.search && { name: { contains: literally(input.search), mode: 'insensitive' as const } }),
        ...afterCursor('createdAt', readCursor(input.after)),
      },
      select: SUMMARY,
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: input.first + 1,
    });
    const people = await readPeople(
      db,
      tenantId,
      rows.map((row) => row.createdBy),
    );
    return toPage(rows, input.first, {
      at: (row) => row.createdAt,
      node: (row) => toWorkflowSummary(row, people),
    });
  },
});

// `contains` becomes ILIKE, in which these characters have a meaning of their own.
function literally(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
