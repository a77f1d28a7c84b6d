/** What an action does, in parts that can be said in any language; null where its own line says it best. */
export type ActionParts =
  | { say: 'mail'; to: string }
  | { say: 'write'; connection: string; sql: string }
  | { say: 'call'; method: string; path: string; connection: string };

const SHAPES = {
  email: /^e-mail to (?<to>.+)$/,
  postgres: /^write to (?<connection>\S+): (?<sql>.+)$/,
  http: /^(?<method>[A-Z]+) (?<path>\S+) through (?<connection>\S+)$/,
} as const;

/**
 * Takes the line apart in which a plan tells of an action (workflows/approvals/guarded-actions.ts). The line is a part
 * of what is approved, so it is never written anew, only said in the reader's words.
 */
export function actionParts({ kind, summary }: { kind: string; summary: string }): ActionParts | null {
  const shape = Object.entries(SHAPES).find(([name]) => name === kind)?.[1];
  const { to, connection, sql, method, path } = shape?.exec(summary)?.groups ?? {};
  if (to !== undefined) return { say: 'mail', to };
  if (connection === undefined) return null;
  if (sql !== undefined) return { say: 'write', connection, sql };
  return method === undefined || path === undefined ? null : { say: 'call', method, path, connection };
}
