/** What a member may be, in the order of the product. */
export const ROLES = ['owner', 'admin', 'builder', 'operator', 'finance', 'security', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

/** The roles that were ticked in a form. */
export function rolesTicked(form: FormData): Role[] {
  const ticked = form.getAll('role');
  return ROLES.filter((role) => ticked.includes(role));
}
