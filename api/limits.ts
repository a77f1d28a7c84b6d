import {
  getNamedType,
  getNullableType,
  GraphQLError,
  isListType,
  isObjectType,
  Kind,
  visit,
  type ASTNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type InlineFragmentNode,
  type FragmentSpreadNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

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
  cost: 50_000,
} as const;

/** How many items a list without a page size counts for. */
const LIST_FACTOR = 10;
/** A larger page is refused by the operation itself. */
const LARGEST_PAGE = 1_000;

/** An operation of a document, about to be validated. */
export interface Measurable {
  document: DocumentNode;
  node: OperationDefinitionNode;
  variables: Record<string, unknown>;
}

/**
 * What an operation asks for, as `extensions.cost` tells it: how many fields the answer could hold, page sizes
 * multiplied (a list without a page size counts ten times), and how many it may hold.
 */
export interface Cost {
  requested: number;
  limit: number;
}

/**
 * Refuses what asks for too much, before GraphQL's own checks, whose work grows faster than the document; gives the
 * cost of the rest. Throws GraphQLError: INVALID `query_too_expensive` with the cost in `details`, LIMIT_EXCEEDED
 * `query_too_large` with the limit for all others.
 */
export function checkLimits(schema: GraphQLSchema, operation: Measurable): Cost {
  let directives = 0;
  visit(operation.document, { Directive: () => void (directives += 1) });
  if (directives > DOCUMENT_LIMITS.directives) throw tooMuch('directives', operation.document);
  const measure = new Measure(schema, operation);
  const over = measure.over();
  if (over) throw tooMuch(over, operation.node);
  const cost = { requested: measure.cost, limit: DOCUMENT_LIMITS.cost };
  if (cost.requested > cost.limit) throw tooExpensive(cost, operation.node);
  return cost;
}

/** The cost that an error tells of, when it is a refusal for it. */
export function costOfRefusal(error: unknown): Cost | null {
  return error instanceof GraphQLError && error.extensions['reason'] === 'query_too_expensive'
    ? (error.extensions['details'] as Cost)
    : null;
}

function tooExpensive(cost: Cost, nodes: ASTNode): GraphQLError {
  return new GraphQLError(
    `This request asks for too much at once: page sizes multiplied, its answer could hold ${cost.requested} fields, ` +
      `and ${cost.limit} are allowed. Ask for smaller pages or fewer fields.`,
    { nodes, extensions: { code: 'INVALID', reason: 'query_too_expensive', details: { ...cost } } },
  );
}

type Limit = 'depth' | 'aliases' | 'rootFields' | 'directives';

function tooMuch(limit: Limit, nodes: ASTNode): GraphQLError {
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

const MEANING: Record<Limit, string> = {
  depth: `fields may be nested ${DOCUMENT_LIMITS.depth} deep`,
  aliases: `there may be ${DOCUMENT_LIMITS.aliases} aliases`,
  rootFields: `there may be ${DOCUMENT_LIMITS.rootFields} operations`,
  directives: `there may be ${DOCUMENT_LIMITS.directives} directives`,
};

/** Where the walk stands. */
interface Place {
  type: GraphQLNamedType | undefined;
  depth: number;
  maxDepth: number;
  /** How often this selection can appear in the answer. */
  times: number;
  /** Fragments around this place: a fragment inside itself is reported by GraphQL's own check. */
  inside: readonly string[];
}

/** One walk that counts everything, with fragments put in, and ends as soon as another limit than the cost is passed. */
class Measure {
  readonly #schema: GraphQLSchema;
  readonly #operation: Measurable;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  #aliases = 0;
  #visits = 0;
  /** Once over the limit it may be more than this: the walk ends when it has seen as many fields as an answer may hold. */
  cost = 0;
  #rootFields = 0;

  constructor(schema: GraphQLSchema, operation: Measurable) {
    this.#schema = schema;
    this.#operation = operation;
    for (const definition of operation.document.definitions)
      if (definition.kind === Kind.FRAGMENT_DEFINITION)
        this.#fragments.set(definition.name.value, definition);
  }

  /** The first limit that is passed, or null. */
  over(): Limit | null {
    const { node } = this.#operation;
    const type = this.#schema.getRootType(node.operation) ?? undefined;
    const place = { type, depth: 1, maxDepth: DOCUMENT_LIMITS.depth, times: 1, inside: [] };
    return this.#selections(node.selectionSet, place);
  }

  #selections(set: SelectionSetNode, place: Place): Limit | null {
    for (const selection of set.selections) {
      // Doubled fragments inside fragments would make this very walk endless.
      this.#visits += 1;
      if (this.#visits > DOCUMENT_LIMITS.cost) {
        this.cost = Math.max(this.cost, DOCUMENT_LIMITS.cost + 1);
        return null;
      }
      const over =
        selection.kind === Kind.FIELD ? this.#field(selection, place) : this.#fragment(selection, place);
      if (over) return over;
    }
    return null;
  }

  #fragment(node: InlineFragmentNode | FragmentSpreadNode, place: Place): Limit | null {
    this.cost += 1;
    if (node.kind === Kind.INLINE_FRAGMENT) return this.#selections(node.selectionSet, place);
    const name = node.name.value;
    const found = this.#fragments.get(name);
    if (!found || place.inside.includes(name)) return null;
    return this.#selections(found.selectionSet, { ...place, inside: [...place.inside, name] });
  }

  #field(node: FieldNode, place: Place): Limit | null {
    this.cost += place.times;
    this.#aliases += node.alias ? 1 : 0;
    this.#rootFields += place.depth === 1 ? 1 : 0;
    if (place.depth > place.maxDepth) return 'depth';
    if (this.#aliases > DOCUMENT_LIMITS.aliases) return 'aliases';
    if (this.#rootFields > DOCUMENT_LIMITS.rootFields) return 'rootFields';
    return node.selectionSet ? this.#selections(node.selectionSet, this.#below(node, place)) : null;
  }

  #below(node: FieldNode, place: Place): Place {
    const name = node.name.value;
    const field = isObjectType(place.type) ? place.type.getFields()[name] : undefined;
    const byDefault = field?.args.find((arg) => arg.name === 'first')?.defaultValue;
    // The edges of a page are a list too, whose size the page has told.
    const isList = field !== undefined && isListType(getNullableType(field.type)) && name !== 'edges';
    const size = this.#pageSize(node) ?? (typeof byDefault === 'number' ? byDefault : null);
    return {
      ...place,
      type: field && getNamedType(field.type),
      depth: place.depth + 1,
      maxDepth: name.startsWith('__') ? DOCUMENT_LIMITS.introspectionDepth : place.maxDepth,
      times: place.times * (size ?? (isList ? LIST_FACTOR : 1)),
    };
  }

  /** The page size that a field asks for, or null. */
  #pageSize(node: FieldNode): number | null {
    const value = node.arguments?.find((argument) => argument.name.value === 'first')?.value;
    if (value?.kind === Kind.INT) return bounded(Number(value.value));
    if (value?.kind !== Kind.VARIABLE) return null;
    const name = value.name.value;
    const given = this.#operation.variables[name];
    const declared = this.#operation.node.variableDefinitions?.find(
      (one) => one.variable.name.value === name,
    );
    const byDefault = declared?.defaultValue?.kind === Kind.INT ? Number(declared.defaultValue.value) : null;
    return typeof given === 'number' ? bounded(given) : byDefault === null ? null : bounded(byDefault);
  }
}

function bounded(size: number): number {
  return Math.min(Math.max(Math.trunc(size), 1), LARGEST_PAGE);
}
