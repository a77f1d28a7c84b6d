import { z } from 'zod';
import { idField } from '../input-fields.ts';
import { MAX_PAGE, pageFields, type Page } from '../page.ts';
import { query } from '../query.ts';
import type { PersonSummary } from '../tenancy/index.ts';
import { toVersionPage } from './list-versions.ts';
import type { VersionRow, VersionSummary } from './version-view.ts';

/** The first page of versions of each of several workflows, newest first. One that is not there has none. */
export const versionsOfWorkflows = query({
  permission: 'definitions.read',
  input: z.strictObject({ workflowIds: z.array(idField).max(MAX_PAGE), first: pageFields.first }),
  run: async ({ db, tenantId }, { workflowIds, first }): Promise<Map<string, Page<VersionSummary>>> => {
    const rows = await db.$queryRaw<(VersionRow & { person: PersonSummary | null })[]>`
      SELECT v.*, CASE WHEN p.id IS NOT NULL THEN
          jsonb_build_object('id', p.id, 'email', p.email, 'name', p.name) END AS person
      FROM unnest(${workflowIds}::uuid[]) AS wanted(id) CROSS JOIN LATERAL (
        SELECT workflow_id AS "workflowId", number, hash, note, changes, published_at AS "publishedAt",
          published_by AS "publishedBy"
        FROM workflow_version WHERE tenant_id = ${tenantId}::uuid AND workflow_id = wanted.id
        ORDER BY number DESC LIMIT ${first + 1}
      ) AS v
      LEFT JOIN member m ON m.tenant_id = ${tenantId}::uuid AND m.person_id = v."publishedBy"
      LEFT JOIN person p ON p.id = m.person_id
      ORDER BY v."workflowId", v.number DESC`;
    const people = new Map(rows.flatMap(({ person }) => (person ? [[person.id, person]] : [])));
    return new Map(
      workflowIds.map((id) => [
        id,
        toVersionPage(
          rows.filter((row) => row.workflowId === id),
          first,
          people,
        ),
      ]),
    );
  },
});
