import { DomainError } from '../workflows/errors.ts';
import { isUuid } from '../workflows/ids.ts';

/** The types that have a global id. */
export type NodeType = 'Workflow' | 'Run' | 'Approval' | 'Connection' | 'ApiKey' | 'Person' | 'Organisation';

/** The opaque id that clients see: base64url of `Type:uuid`. */
export function toGlobalId(type: NodeType, id: string): string {
  return Buffer.from(`${type}:${id}`).toString('base64url');
}

/**
 * The UUID inside a global id of this type. `field` is the argument that held it.
 * Throws INVALID `id_invalid` for a text that is no id of ours or the id of another type of thing.
 */
export function fromGlobalId(type: NodeType, globalId: string, field: string): string {
  const [name, id] = Buffer.from(globalId, 'base64url').toString('utf8').split(':');
  // Compared with what we would have made, since base64url reads many texts as the same bytes.
  if (name === type && id !== undefined && isUuid(id) && toGlobalId(type, id) === globalId) return id;
  throw new DomainError(
    'INVALID',
    'id_invalid',
    `${field}: this is not the id of ${ARTICLES[type]}. Use an id as the API gave it.`,
    { field, expected: type },
  );
}

/** The same for an optional id; null when there is none. */
export function fromOptionalId(type: NodeType, globalId: string | null | undefined, field: string) {
  return globalId === null || globalId === undefined ? null : fromGlobalId(type, globalId, field);
}

/** The UUID inside an optional id of any type of thing; null when there is none. Throws INVALID `id_invalid`. */
export function fromAnyGlobalId(globalId: string | null | undefined, field: string): string | null {
  if (globalId === null || globalId === undefined) return null;
  const name = Buffer.from(globalId, 'base64url').toString('utf8').split(':')[0];
  const type = (Object.keys(ARTICLES) as NodeType[]).find((one) => one === name);
  if (type) return fromGlobalId(type, globalId, field);
  throw new DomainError('INVALID', 'id_invalid', `${field}: this is not an id. Use one as the API gave it.`, {
    field,
  });
}

const ARTICLES: Record<NodeType, string> = {
  Workflow: 'a workflow',
  Run: 'a run',
  Approval: 'an approval',
  Connection: 'a connection',
  ApiKey: 'an API key',
  Person: 'a person',
  Organisation: 'an organisation',
};
