import type { Json } from '../../graphql/graphql.ts';

/** Whether the API gave a note that a value is kept elsewhere, instead of the value. */
export function isStored(value: Json): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && value['levqor'] === 'stored';
}
