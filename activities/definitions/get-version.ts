import { z } from 'zod';
import { idField, numberField } from '../input-fields.ts';
import { query } from '../query.ts';
import { readPeople } from '../tenancy/index.ts';
import { findVersion } from './find-version.ts';
import { findWorkflow } from './find-workflow.ts';
import { toVersion, type Version } from './version-view.ts';

/** One published version with its definition. Throws NOT_FOUND. */
export const getVersion = query({
  permission: 'definitions.read',
  input: z.strictObject({ workflowId: idField, number: numberField }),
  run: async ({ db, tenantId }, { workflowId, number }): Promise<Version> => {
    await findWorkflow(db, tenantId, workflowId);
    const row = await findVersion(db, tenantId, { workflowId, number });
    return toVersion(row, await readPeople(db, tenantId, [row.publishedBy]));
  },
});
