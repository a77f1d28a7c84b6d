import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { JsonObject } from '../json.ts';
import { flowJsonSchema } from './flow-json-schema.ts';
import { STEP_KINDS } from './model.ts';
import { refundFlow } from './testing/flows.ts';

describe('flowJsonSchema', () => {
  const schema = flowJsonSchema();
  const check = z.fromJSONSchema(schema);

  it('names itself', () => {
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: 'urn:levqor:flow:v1',
      title: 'Levqor Flow v1',
    });
  });

  it('accepts the sample of the format, and refuses a fault deep inside', () => {
    expect(check.safeParse(refundFlow()).success).toBe(true);
    const text = JSON.stringify(refundFlow());
    expect(check.safeParse(JSON.parse(text.replace('"kind":"fail"', '"kind":"fial"'))).success).toBe(false);
    expect(check.safeParse(JSON.parse(text.replace('"as":', '"has":'))).success).toBe(false);
  });

  it('lists every kind with what it does', () => {
    const definitions = schema['$defs'] as { steps: { items: { anyOf: JsonObject[] } } };
    const kinds = definitions.steps.items.anyOf;
    expect(kinds.map((kind) => kind['title'])).toEqual(STEP_KINDS);
    for (const kind of kinds) {
      expect(kind['description']).toMatch(/\.$/);
      expect(kind).toMatchObject({ properties: { kind: { const: kind['title'] } } });
    }
  });
});
