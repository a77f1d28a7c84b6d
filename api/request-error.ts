import { type GraphQLError, visit, type DocumentNode } from 'graphql';

/** What is wrong with a request, in words of its fields. */
export interface RequestProblem {
  message: string;
  /** The argument or input field (`input.definition`), where it can be known. */
  field: string | null;
}

/**
 * Reads an error of GraphQL's own checks (syntax, validation, coercion). The value that was refused is left out of
 * the text, since it may be a secret. `document` lets the field be found by position.
 */
export function readRequestError(error: GraphQLError, document: DocumentNode | null): RequestProblem {
  const ofVariable = readVariableError(error);
  if (ofVariable) return ofVariable;
  const named = NAMED.map((pattern) => pattern.exec(error.message)?.[1]).find((name) => name !== undefined);
  const position = error.positions?.[0];
  const around = document && position !== undefined ? namesAround(document, position) : [];
  const names = named === undefined || around.at(-1) === named ? around : [...around, named];
  return { message: withoutValue(error.message), field: names.length === 0 ? null : fieldName(names) };
}

/** `Int cannot represent non-integer value: "x"` without what was given. */
function withoutValue(message: string): string {
  return message.replace(/(cannot represent [^:]*): [\s\S]*$/, '$1.');
}

// Texts of graphql 16 that name the field at fault; a changed text costs the name, not the answer.
const NAMED = [
  /^Field "[^"]*\.([^".]+)" of required type/,
  /^Field "([^"]+)" is not defined by type/,
  /argument "([^"]+)" of type .* is required/,
  /^Unknown argument "([^"]+)"/,
  /^Argument "([^"]+)"/,
  /^Variable "\$([^"]+)"/,
  /^Cannot query field "([^"]+)"/,
  /^Field "([^"]+)" must/,
];

/** `Variable "$input" got invalid value {…} at "input.name"; Text` becomes `input.name: Text`. */
function readVariableError(error: GraphQLError): RequestProblem | null {
  const start = /^Variable "\$(\w+)" got invalid value /.exec(error.message);
  const text = error.originalError?.message;
  if (!start || text === undefined) return null;
  const before = error.message.slice(0, error.message.length - text.length - 2);
  // A list's `roles[0]` becomes `roles.0`, as the verbs write it.
  const place = (/ at "([^"]+)"$/.exec(before)?.[1] ?? start[1] ?? '').replace(/\[(\d+)\]/g, '.$1');
  const inner = /^Field "([^"]+)" (?:of required type|is not defined)/.exec(text)?.[1];
  const field = fieldName([...place.split('.'), ...(inner === undefined ? [] : [inner])]);
  return { message: `${field}: ${withoutValue(text)}`, field };
}

/** Dotted, without the argument `input` in front: the verbs name their fields so, and clients see one style. */
export function fieldName(names: string[]): string {
  return (names[0] === 'input' && names.length > 1 ? names.slice(1) : names).join('.');
}

/** The arguments and input fields around a position of the document, outermost first. */
function namesAround(document: DocumentNode, position: number): string[] {
  const names: string[] = [];
  const note = (node: { name: { value: string }; loc?: { start: number; end: number } }) => {
    if (node.loc && node.loc.start <= position && position < node.loc.end) names.push(node.name.value);
  };
  visit(document, { Argument: (node) => note(node), ObjectField: (node) => note(node) });
  return names;
}
