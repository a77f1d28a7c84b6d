import type { AuditEventView } from '../../activities/tenancy/index.ts';
import { toGlobalId, type NodeType } from '../global-id.ts';
import { toActor } from './person.model.ts';
import type { AuditEvent } from './tenancy.model.ts';

/** What the target of an action is, by the first word of the action. */
const TARGETS: Record<string, NodeType> = {
  workflow: 'Workflow',
  run: 'Run',
  approval: 'Approval',
  delegation: 'ApprovalDelegation',
  connection: 'Connection',
  apiKey: 'ApiKey',
  member: 'Person',
  tenant: 'Organisation',
  schedule: 'Schedule',
  webhook: 'Webhook',
  endpoint: 'Endpoint',
  delivery: 'EndpointDelivery',
  bulkRerun: 'BulkRerun',
};

/** An item of the audit log as clients see it: its ids are the ones that the other operations take. */
export function toAuditEvent(item: { cursor: string; node: AuditEventView }): {
  cursor: string;
  node: AuditEvent;
} {
  const { actor, action, target, ...rest } = item.node;
  const type = TARGETS[action.split('.')[0] ?? ''];
  const shown = target !== null && type !== undefined ? toGlobalId(type, target) : target;
  return { cursor: item.cursor, node: { ...rest, action, actor: toActor(actor), target: shown } };
}
