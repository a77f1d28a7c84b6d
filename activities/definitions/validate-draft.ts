import { z } from 'zod';
import { validateDefinition, type DefinitionIssue } from '../../workflows/definitions/index.ts';
import { query } from '../query.ts';
import { definitionField } from './definition-field.ts';
import { readTenantContext } from './tenant-context.ts';

/** What is wrong with a definition in this tenant, with its connections and workflows. Stores nothing. */
export const validateDraft = query({
  permission: 'definitions.read',
  input: z.strictObject({ definition: definitionField }),
  run: async ({ db, tenantId }, { definition }): Promise<DefinitionIssue[]> =>
    validateDefinition(definition, await readTenantContext(db, tenantId)),
});
