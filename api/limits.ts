import {
  getNamedType,
  getNullableType,
  GraphQLError,
  isListType,
  isObjectType,
  Kind,
  NoSchemaIntrospectionCustomRule,
  OperationTypeNode,
  type ASTNode,
  type ASTVisitor,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import { MAX_PAGE } from '../activities/page.ts';
import { findTextProblem } from './storable-json.ts';

/** What one GraphQL document may ask for. Anchors: graphql-armor's defaults, widened for real run queries. */
export const DOCUMENT_LIMITS = {
  characters: 20_000,
  tokens: 2_000,
  depth: 10,
  /** Introspection nests types in types; tools send queries of this depth. */
  introspectionDepth: 15,
  aliases: 15,
  rootFields: 15,
  directives: 20,
  /** Fields that an answer could hold, page sizes multiplied. */
  cost: 20_000,
} as const;

/** How many answers a list without a page size counts for. */
const LIST_FACTOR = 10;

/** The rules that a document is checked with besides those of GraphQL itself, over HTTP and over WebSocket. */
export function documentRules(production: boolean): ValidationRule[] {
  const rules = [limitsRule, textRule];
  return production ? [...rules, NoSchemaIntrospectionCustomRule] : rules;
}

/** Refuses texts in the document that cannot be stored. Variables are checked where the request is read. */
function textRule(context: ValidationContext): ASTVisitor {
  return {
    StringValue(node) {
      const found = findTextProblem(node.value, '');
      if (found) context.reportError(new GraphQLError(`${found.problem}.`, { nodes: node }));
    },
  };
}

/** One walk counts everything, with fragments put in, and stops as soon as a limit is passed. */
function limitsRule(context: ValidationContext): ASTVisitor {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of context.getDocument().definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  let directives = 0;
  return {
    Directive(node) {
      if (++directives === DOCUMENT_LIMITS.directives + 1) context.reportError(tooMuch('directives', node));
    },
    OperationDefinition(node) {
      const over = measure(context, fragments, node);
      if (over) context.reportError(tooMuch(over, node));
    },
  };
}

type Measured = 'depth' | 'aliases' | 'rootFields' | 'cost' | 'directives';

function tooMuch(limit: Measured, nodes: ASTNode): GraphQLError {
  return new GraphQLError(
    `This request asks for too much at once: ${MEANING[limit]}. Ask in smaller parts.`,
    {
      nodes,
      extensions: {
        code: 'LIMIT_EXCEEDED',
        reason: 'query_too_large',
        details: { limit, max: DOCUMENT_LIMITS[limit] },
      },
    },
  );
}

const MEANING: Record<Measured, string> = {
  depth: `fields may be nested ${DOCUMENT_LIMITS.depth} deep`,
  aliases: `there may be ${DOCUMENT_LIMITS.aliases} aliases`,
  rootFields: `there may be ${DOCUMENT_LIMITS.rootFields} operations`,
  directives: `there may be ${DOCUMENT_LIMITS.directives} directives`,
  cost: `page sizes multiplied, an answer may hold ${DOCUMENT_LIMITS.cost} fields`,
};

interface Place {
  type: GraphQLNamedType | undefined;
  depth: number;
  maxDepth: number;
  /** How often this selection can appear in the answer. */
  times: number;
  /** Fragments around this place: a fragment inside itself is reported by GraphQL's own rule. */
  inside: readonly string[];
}

function measure(
  context: ValidationContext,
  fragments: Map<string, FragmentDefinitionNode>,
  operation: OperationDefinitionNode,
): Measured | null {
  const schema = context.getSchema();
  let aliases = 0;
  let cost = 0;
  let rootFields = 0;

  const selections = (set: SelectionSetNode, place: Place): Measured | null => {
    for (const selection of set.selections) {
      const over = selection.kind === Kind.FIELD ? field(selection, place) : fragment(selection, place);
      if (over) return over;
    }
    return null;
  };

  const fragment = (
    node: Exclude<SelectionSetNode['selections'][number], FieldNode>,
    place: Place,
  ): Measured | null => {
    // Counted, or doubled fragments inside fragments would make this very walk endless.
    if (++cost > DOCUMENT_LIMITS.cost) return 'cost';
    if (node.kind === Kind.INLINE_FRAGMENT) return selections(node.selectionSet, place);
    const found = fragments.get(node.name.value);
    if (!found || place.inside.includes(node.name.value)) return null;
    return selections(found.selectionSet, { ...place, inside: [...place.inside, node.name.value] });
  };

  const field = (node: FieldNode, place: Place): Measured | null => {
    cost += place.times;
    if (node.alias) aliases += 1;
    if (place.depth === 1) rootFields += 1;
    if (place.depth > place.maxDepth) return 'depth';
    if (aliases > DOCUMENT_LIMITS.aliases) return 'aliases';
    if (rootFields > DOCUMENT_LIMITS.rootFields) return 'rootFields';
    if (cost > DOCUMENT_LIMITS.cost) return 'cost';
    return node.selectionSet ? selections(node.selectionSet, below(node, place, operation)) : null;
  };

  const root =
    operation.operation === OperationTypeNode.MUTATION
      ? schema.getMutationType()
      : operation.operation === OperationTypeNode.SUBSCRIPTION
        ? schema.getSubscriptionType()
        : schema.getQueryType();
  return selections(operation.selectionSet, {
    type: root ?? undefined,
    depth: 1,
    maxDepth: DOCUMENT_LIMITS.depth,
    times: 1,
    inside: [],
  });
}

/** The place of the selections inside a field. */
function below(node: FieldNode, place: Place, operation: OperationDefinitionNode): Place {
  const found = isObjectType(place.type) ? place.type.getFields()[node.name.value] : undefined;
  const introspects = node.name.value.startsWith('__');
  const size = pageSize(node, operation, found?.args.find((arg) => arg.name === 'first')?.defaultValue);
  const isList =
    found !== undefined && isListType(getNullableType(found.type)) && node.name.value !== 'edges';
  return {
    ...place,
    type: found ? getNamedType(found.type) : undefined,
    depth: place.depth + 1,
    maxDepth: introspects ? DOCUMENT_LIMITS.introspectionDepth : place.maxDepth,
    times: place.times * (size ?? (isList ? LIST_FACTOR : 1)),
  };
}

/** The page size that a field asks for; the most, where a variable decides it. Null without pages. */
function pageSize(node: FieldNode, operation: OperationDefinitionNode, byDefault: unknown): number | null {
  const value = node.arguments?.find((argument) => argument.name.value === 'first')?.value;
  if (value === undefined) return typeof byDefault === 'number' ? byDefault : null;
  if (value.kind === Kind.INT) return Math.min(Math.max(Number(value.value), 1), MAX_PAGE);
  const declared = operation.variableDefinitions?.some(
    (one) => value.kind === Kind.VARIABLE && one.variable.name.value === value.name.value,
  );
  return declared ? MAX_PAGE : 1;
}
