import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  type GraphQLSchema,
} from 'graphql';
import { SCHEMA_FILE, schemaText } from './schema-text.ts';

let text: string;
let schema: GraphQLSchema;
beforeAll(async () => {
  text = await schemaText();
  schema = buildSchema(text);
});

describe('the schema', () => {
  it('is the one in api/schema.graphql', async () => {
    const kept = await readFile(join(import.meta.dirname, SCHEMA_FILE), 'utf8');
    // After a change of the API: node --import ./ts-hook.mjs api/emit-schema.ts
    expect(kept).toBe(text);
  });

  it('describes each type, field, argument and value for its readers', () => {
    const missing: string[] = [];
    const note = (name: string, { description }: { description?: string | null | undefined }) => {
      if (!description || !/^[A-Z`].*[.?!]$/s.test(description)) missing.push(name);
    };
    const types = Object.values(schema.getTypeMap()).filter((type) => !type.name.startsWith('__'));
    for (const type of types) {
      if (isEnumType(type)) for (const value of type.getValues()) note(`${type.name}.${value.name}`, value);
      if (!isObjectType(type) && !isInputObjectType(type) && !isInterfaceType(type)) continue;
      if (!['Query', 'Mutation', 'Subscription'].includes(type.name)) note(type.name, type);
      for (const field of Object.values(type.getFields())) {
        note(`${type.name}.${field.name}`, field);
        for (const arg of 'args' in field ? field.args : [])
          note(`${type.name}.${field.name}(${arg.name})`, arg);
      }
    }
    expect(missing).toEqual([]);
  });

  it('has the operations whose names are public', () => {
    const names = (type: { getFields(): object } | null | undefined) => Object.keys(type?.getFields() ?? {});
    expect(names(schema.getQueryType())).toEqual(
      expect.arrayContaining([
        ...['workflows', 'workflow', 'validateDefinition', 'runs', 'run', 'approvals', 'approval'],
        ...['viewer', 'members', 'connections', 'apiKeys', 'auditLog'],
      ]),
    );
    expect(names(schema.getMutationType())).toEqual(
      expect.arrayContaining([
        ...['createWorkflow', 'saveDraft', 'publishWorkflow', 'archiveWorkflow'],
        ...['startRun', 'cancelRun', 'pauseRun', 'resumeRun', 'sendEvent', 'decideApproval'],
        ...['setMemberRoles', 'createConnection', 'rotateConnection', 'deleteConnection'],
        ...['createApiKey', 'revokeApiKey'],
      ]),
    );
    expect(names(schema.getSubscriptionType())).toEqual(['approvalEvents', 'runEvents']);
  });
});
