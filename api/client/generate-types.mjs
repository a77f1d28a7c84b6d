// Writes introspection.ts into api/client/generated and web/src/graphql/generated: the types of api/schema.graphql in the form that gql.tada reads, so that the
// compiler knows what each document of the client and of the web asks for and gets.
// Run: node api/client/generate-types.mjs [another SDL file]
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCE = process.argv[2] ?? fileURLToPath(new URL('../schema.graphql', import.meta.url));
const TARGETS = ['./generated/introspection.ts', '../../web/src/graphql/generated/introspection.ts'].map(
  (path) => fileURLToPath(new URL(path, import.meta.url)),
);

const sdl = readFileSync(SOURCE, 'utf8');
const stamp = `// Made by api/client/generate-types.mjs of the SDL with SHA-256 ${createHash('sha256').update(sdl).digest('hex')}.`;
const stale = TARGETS.filter((file) => !existsSync(file) || !readFileSync(file, 'utf8').startsWith(stamp));
if (stale.length > 0) {
  const { buildSchema } = await import('graphql');
  const text = `${stamp}\n${introspectionType(buildSchema(sdl))}`;
  for (const file of stale) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

function introspectionType(schema) {
  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
  const root = (type) => (type ? `'${type.name}'` : 'never');
  return `export type introspection = {
  name: never;
  query: ${root(schema.getQueryType())};
  mutation: ${root(schema.getMutationType())};
  subscription: ${root(schema.getSubscriptionType())};
  types: {
${types.map((type) => `    '${type.name}': ${typeText(type)};`).join('\n')}
  };
};
`;
}

function typeText({ name, astNode }) {
  switch (astNode?.kind) {
    case 'EnumTypeDefinition':
      return `{ name: '${name}'; enumValues: ${astNode.values.map((one) => `'${one.name.value}'`).join(' | ')} }`;
    case 'InputObjectTypeDefinition': {
      const fields = astNode.fields.map(
        ({ name: field, type, defaultValue }) =>
          `{ name: '${field.value}'; type: ${reference(type)}; defaultValue: ${defaultValue ? 'string' : 'null'} }`,
      );
      return `{ kind: 'INPUT_OBJECT'; name: '${name}'; isOneOf: false; inputFields: [${fields.join(', ')}] }`;
    }
    case 'ObjectTypeDefinition': {
      const fields = astNode.fields.map(
        ({ name: field, type }) => `'${field.value}': { name: '${field.value}'; type: ${reference(type)} }`,
      );
      return `{ kind: 'OBJECT'; name: '${name}'; fields: { ${fields.join('; ')} } }`;
    }
    // Scalars; the schema has neither interfaces nor unions.
    default:
      return 'unknown';
  }
}

/** A type as a field names it. Only its outermost name matters to gql.tada, so the kind of a name is left open. */
function reference(type) {
  if (type.kind === 'NonNullType')
    return `{ kind: 'NON_NULL'; name: never; ofType: ${reference(type.type)} }`;
  if (type.kind === 'ListType') return `{ kind: 'LIST'; name: never; ofType: ${reference(type.type)} }`;
  return `{ kind: string; name: '${type.name.value}'; ofType: null }`;
}
