import {
  getNamedType,
  isCompositeType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';
import { rootFields, type OperationKind } from './world.ts';

/** The document that calls one operation with all its arguments as variables and selects all fields near by. */
export function documentFor(
  schema: GraphQLSchema,
  kind: OperationKind,
  { name, depth = 4, only }: { name: string; depth?: number; only?: string[] },
): string {
  const field = rootFields(schema, kind)[name];
  if (!field) throw new Error(`The schema has no ${kind} ${name}`);
  const args = field.args.filter((arg) => !only || only.includes(arg.name) || isRequiredArgument(arg));
  const declared = args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
  const given = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  return `${kind} Sample${declared && `(${declared})`} { ${name}${given && `(${given})`} ${selection(field, depth)} }`;
}

function selection(field: GraphQLField<unknown, unknown>, depth: number): string {
  const type = getNamedType(field.type);
  if (!isObjectType(type)) return '';
  const parts = Object.values(type.getFields())
    .filter((inner) => !inner.args.some(isRequiredArgument))
    .filter((inner) => isLeafType(getNamedType(inner.type)) || depth > 1)
    .map((inner) =>
      isCompositeType(getNamedType(inner.type)) ? `${inner.name} ${selection(inner, depth - 1)}` : inner.name,
    );
  return `{ __typename ${parts.join(' ')} }`;
}
