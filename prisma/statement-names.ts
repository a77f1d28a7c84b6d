/** So many statements are kept prepared on each connection. Those of lists with filters vary without end. */
const MOST = 400;

/**
 * Names for prepared statements: a text that came before keeps its name, so that a connection that has prepared it sends
 * its values only and PostgreSQL plans it once. Empty, which means not prepared, for a text seen the first time and when
 * enough have names.
 */
export function statementNames(): (query: { sql: string }) => string {
  const names = new Map<string, string>();
  let named = 0;
  return ({ sql }) => {
    const known = names.get(sql);
    if (known === undefined) {
      if (names.size < MOST) names.set(sql, '');
      return '';
    }
    if (known !== '') return known;
    const name = `levqor_${(named += 1)}`;
    names.set(sql, name);
    return name;
  };
}
