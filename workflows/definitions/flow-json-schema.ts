import { z } from 'zod';
import { definitionJson, type JsonObject } from '../json.ts';
import { flowSchema } from './model.ts';

const SCHEMA_ID = 'urn:levqor:flow:v1';

/** JSON Schema 2020-12 of Levqor Flow v1, made from the model, for editors and language models. */
export function flowJsonSchema(): JsonObject {
  const { $schema, ...schema } = z.toJSONSchema(flowSchema, { target: 'draft-2020-12' });
  return definitionJson({
    $schema,
    $id: SCHEMA_ID,
    title: 'Levqor Flow v1',
    description: 'A workflow: triggers, typed steps in order, and an output.',
    ...schema,
  }) as JsonObject;
}
