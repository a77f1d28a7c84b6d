/** The query of a page's address, as Next gives it. */
export type SearchParams = Record<string, string | string[] | undefined>;

/** One text of the query; the first where there are several. */
export function textIn(params: SearchParams, name: string): string | undefined {
  const value = params[name];
  const text = Array.isArray(value) ? value[0] : value;
  return text === '' ? undefined : text;
}

/** The value of the query that is one of these; anything else is left out. */
export function oneIn<Value extends string>(
  params: SearchParams,
  name: string,
  values: readonly Value[],
): Value | undefined {
  const text = textIn(params, name);
  return values.find((value) => value === text);
}

/** An address with these parts of a query; what is undefined is left out. */
export function withQuery(path: string, parts: Record<string, string | undefined>): string {
  const given = Object.entries(parts).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}
