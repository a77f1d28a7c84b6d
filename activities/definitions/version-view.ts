import type { DefinitionChange, Flow } from '../../workflows/definitions/index.ts';
import type { WorkflowId } from '../../workflows/ids.ts';
import { personIn, type PersonSummary } from '../tenancy/index.ts';

/** A published version without its definition. `publishedAt` is ISO 8601. */
export interface VersionSummary {
  workflowId: WorkflowId;
  number: number;
  /** SHA-256 (hex) of what the version means; its layout is left out. */
  hash: string;
  note: string | null;
  /** What is different from the version before, in words. */
  changes: DefinitionChange[];
  publishedAt: string;
  publishedBy: PersonSummary | null;
}

/** A published version. */
export interface Version extends VersionSummary {
  definition: Flow;
}

/** A row of the table `workflow_version`, as far as summaries need it. */
export interface VersionRow {
  workflowId: string;
  number: number;
  hash: string;
  note: string | null;
  changes: unknown;
  publishedAt: Date;
  publishedBy: string | null;
}

/** The summary of a row, with its person taken from `people`. */
export function toVersionSummary(row: VersionRow, people: Map<string, PersonSummary>): VersionSummary {
  return {
    workflowId: row.workflowId as WorkflowId,
    number: row.number,
    hash: row.hash,
    note: row.note,
    changes: row.changes as DefinitionChange[],
    publishedAt: row.publishedAt.toISOString(),
    publishedBy: personIn(people, row.publishedBy),
  };
}

/** The version of a row; published definitions are valid, so no parsing is needed. */
export function toVersion(
  row: VersionRow & { definition: unknown },
  people: Map<string, PersonSummary>,
): Version {
  return { ...toVersionSummary(row, people), definition: row.definition as Flow };
}
