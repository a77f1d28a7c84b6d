import { z } from 'zod';
import type { Db } from '../../prisma/database.ts';
import {
  diffDefinitions,
  validateDefinition,
  type DefinitionChange,
  type Flow,
} from '../../workflows/definitions/index.ts';
import { DomainError } from '../../workflows/errors.ts';
import type { TenantId } from '../../workflows/ids.ts';
import type { Json } from '../../workflows/json.ts';
import { idField, numberField } from '../input-fields.ts';
import { query } from '../query.ts';
import { findVersion } from './find-version.ts';
import { findWorkflow } from './find-workflow.ts';

const sideField = z.union([numberField, z.literal('draft')]);

/**
 * What became different from one version of a workflow to another; each side is a number or `draft`.
 * Throws NOT_FOUND, or PRECONDITION_FAILED for a draft that is too unfinished to be read as a workflow.
 */
export const diffVersions = query({
  permission: 'definitions.read',
  input: z.strictObject({ workflowId: idField, from: sideField, to: sideField }),
  run: async ({ db, tenantId }, { workflowId, from, to }): Promise<DefinitionChange[]> => {
    const { draft } = await findWorkflow(db, tenantId, workflowId);
    const read = (side: z.output<typeof sideField>) =>
      side === 'draft' ? readableDraft(draft) : definitionOf(db, tenantId, { workflowId, number: side });
    return diffDefinitions(await read(from), await read(to));
  },
});

async function definitionOf(
  db: Db,
  tenantId: TenantId,
  version: { workflowId: string; number: number },
): Promise<Flow> {
  return (await findVersion(db, tenantId, version)).definition as unknown as Flow;
}

/** With none of these issues a draft has the shape of a flow, whatever else is wrong with it. */
const UNREADABLE = new Set([
  'WRONG_TYPE',
  'MISSING_FIELD',
  'UNKNOWN_KIND',
  'TOO_MANY_ISSUES',
  'NESTED_TOO_DEEP',
  'DEFINITION_TOO_LARGE',
]);

function readableDraft(draft: unknown): Flow {
  const issues = validateDefinition(draft).filter((issue) => UNREADABLE.has(issue.code));
  if (issues.length === 0) return draft as Flow;
  throw new DomainError(
    'PRECONDITION_FAILED',
    'draft_unreadable',
    'The draft has steps that cannot be read yet. Mend these first, then compare.',
    { issues: issues as unknown as Json },
  );
}
