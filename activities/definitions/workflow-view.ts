import type { Db } from '../../prisma/database.ts';
import {
  validateDefinition,
  type ValidationContext,
  type DefinitionIssue,
} from '../../workflows/definitions/index.ts';
import type { TenantId, WorkflowId } from '../../workflows/ids.ts';
import type { JsonObject } from '../../workflows/json.ts';
import { personIn, readPeople, type PersonSummary } from '../tenancy/index.ts';
import { readTenantContext } from './tenant-context.ts';

/** A workflow without its draft. Times are ISO 8601. */
export interface WorkflowSummary {
  id: WorkflowId;
  name: string;
  /** The newest published version, or null before the first. */
  version: number | null;
  createdAt: string;
  createdBy: PersonSummary | null;
  updatedAt: string;
  archivedAt: string | null;
}

/** What is being worked on. `hash` is what the next save must be based on; `issues` are as of this moment. */
export interface Draft {
  definition: JsonObject;
  hash: string;
  savedAt: string;
  savedBy: PersonSummary | null;
  issues: DefinitionIssue[];
}

/** A workflow with its draft. */
export interface WorkflowView extends WorkflowSummary {
  draft: Draft;
}

/** A row of the table `workflow`, as far as summaries need it. */
export interface WorkflowRow {
  id: string;
  name: string;
  latestVersion: number | null;
  createdAt: Date;
  createdBy: string | null;
  updatedAt: Date;
  archivedAt: Date | null;
}

/** A row of the table `workflow` with its draft. */
export interface WorkflowWithDraftRow extends WorkflowRow {
  draft: unknown;
  draftHash: string;
  draftSavedAt: Date;
  draftSavedBy: string | null;
}

/** The summary of a row, with its people taken from `people`. */
export function toWorkflowSummary(row: WorkflowRow, people: Map<string, PersonSummary>): WorkflowSummary {
  return {
    id: row.id as WorkflowId,
    name: row.name,
    version: row.latestVersion,
    createdAt: row.createdAt.toISOString(),
    createdBy: personIn(people, row.createdBy),
    updatedAt: row.updatedAt.toISOString(),
    archivedAt: row.archivedAt?.toISOString() ?? null,
  };
}

/** The whole view of a row; reads its people and the names that its draft may refer to. */
export async function readWorkflowView(
  db: Db,
  tenantId: TenantId,
  row: WorkflowWithDraftRow,
): Promise<WorkflowView> {
  const [view] = await readWorkflowViews(db, tenantId, [row]);
  return view as WorkflowView;
}

/** The same for many rows, in their order; what they need is read once. */
export async function readWorkflowViews(
  db: Db,
  tenantId: TenantId,
  rows: WorkflowWithDraftRow[],
): Promise<WorkflowView[]> {
  const ids = rows.flatMap((row) => [row.createdBy, row.draftSavedBy]);
  const people = await readPeople(db, tenantId, ids);
  const context = await readTenantContext(db, tenantId);
  return rows.map((row) => ({ ...toWorkflowSummary(row, people), draft: toDraft(row, people, context) }));
}

function toDraft(
  row: WorkflowWithDraftRow,
  people: Map<string, PersonSummary>,
  context: ValidationContext,
): Draft {
  return {
    definition: row.draft as JsonObject,
    hash: row.draftHash,
    savedAt: row.draftSavedAt.toISOString(),
    savedBy: personIn(people, row.draftSavedBy),
    issues: validateDefinition(row.draft, context),
  };
}
