import type { Json } from '../../graphql/graphql.ts';

/** The names before and after, when an event of the audit log is that the organisation was renamed; else null. */
export function renamingIn({ action, details }: { action: string; details: Json }): {
  before: string;
  after: string;
} | null {
  if (action !== 'tenant.rename' || typeof details !== 'object' || details === null || Array.isArray(details))
    return null;
  const { before, after } = details;
  return typeof before === 'string' && typeof after === 'string' ? { before, after } : null;
}
