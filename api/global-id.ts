import { DomainError } from '../workflows/errors.ts';
import { globalId, uuidOfGlobalId, type GlobalIdType } from '../workflows/ids.ts';

/** The types that have a global id. */
export type NodeType =
  | 'Workflow'
  | 'Run'
  | 'Approval'
  | 'ApprovalDelegation'
  | 'Connection'
  | 'ApiKey'
  | 'Person'
  | 'Organisation'
  | 'Schedule'
  | 'Webhook'
  | 'WebhookDelivery'
  | 'Endpoint'
  | 'EndpointDelivery'
  | 'BulkRerun';

/** The opaque id that clients see: the same one that runs know (`run.id`, the idempotency key, a called run's id). */
export function toGlobalId(type: NodeType, id: string): string {
  return globalId(PREFIXES[type], id);
}

/**
 * The UUID inside a global id of this type. `field` is the argument that held it.
 * Throws INVALID `id_invalid` for a text that is no id of ours or the id of another type of thing.
 */
export function fromGlobalId(type: NodeType, text: string, field: string): string {
  const id = uuidOfGlobalId(PREFIXES[type], text);
  if (id !== null) return id;
  throw new DomainError(
    'INVALID',
    'id_invalid',
    `${field}: this is not the id of ${ARTICLES[type]}. Use an id as the API gave it.`,
    { field, expected: type },
  );
}

/** The same for an optional id; null when there is none. */
export function fromOptionalId(type: NodeType, text: string | null | undefined, field: string) {
  return text === null || text === undefined ? null : fromGlobalId(type, text, field);
}

/** The UUID inside an optional id of any type of thing; null when there is none. Throws INVALID `id_invalid`. */
export function fromAnyGlobalId(text: string | null | undefined, field: string): string | null {
  if (text === null || text === undefined) return null;
  const type = (Object.keys(PREFIXES) as NodeType[]).find((one) => text.startsWith(`${PREFIXES[one]}_`));
  if (type) return fromGlobalId(type, text, field);
  throw new DomainError('INVALID', 'id_invalid', `${field}: this is not an id. Use one as the API gave it.`, {
    field,
  });
}

const PREFIXES: Record<NodeType, GlobalIdType> = {
  Workflow: 'workflow',
  Run: 'run',
  Approval: 'approval',
  ApprovalDelegation: 'delegation',
  Connection: 'connection',
  ApiKey: 'key',
  Person: 'person',
  Organisation: 'tenant',
  Schedule: 'schedule',
  Webhook: 'webhook',
  WebhookDelivery: 'received',
  Endpoint: 'endpoint',
  EndpointDelivery: 'delivery',
  BulkRerun: 'bulk',
};

const ARTICLES: Record<NodeType, string> = {
  Workflow: 'a workflow',
  Run: 'a run',
  Approval: 'an approval',
  ApprovalDelegation: 'a delegation',
  Connection: 'a connection',
  ApiKey: 'an API key',
  Person: 'a person',
  Organisation: 'an organisation',
  Schedule: 'a schedule',
  Webhook: 'a webhook',
  WebhookDelivery: 'a call that a webhook received',
  Endpoint: 'an endpoint',
  EndpointDelivery: 'a delivery',
  BulkRerun: 'a bulk re-run',
};
