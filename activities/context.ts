import type { Database } from '../prisma/database.ts';
import type { LaunchStage } from '../workflows/launch-stage.ts';
import type { Keyring } from '../temporal/keyring.ts';
import type { ApprovalId, PersonId, RunId, TenantId } from '../workflows/ids.ts';
import type { Json } from '../workflows/json.ts';
import type { WrittenRun } from '../workflows/runs/model.ts';
import type { OverlapPolicy, ScheduleWanted } from '../workflows/schedules/model.ts';
import type { Permission, Role } from '../workflows/tenancy/model.ts';

/** Who acts. A service account is an API key without a person behind it: it can do much, but never approve. */
export type Actor =
  | {
      kind: 'person';
      personId: PersonId;
      email: string;
      name: string;
      roles: Role[];
      apiKeyId: string | null;
    }
  | { kind: 'service'; apiKeyId: string; name: string; roles: Role[] }
  | { kind: 'workflow'; runId: RunId }
  | { kind: 'webhook'; webhookId: string }
  | { kind: 'schedule'; scheduleId: string; name: string }
  | { kind: 'system'; name: string };

/** A message for Temporal, written with the data that it belongs to and sent after the commit. */
export type OutboxMessage =
  /** Workflow and version are for finding the run in Temporal; messages of earlier releases have none. */
  | { kind: 'startRun'; runId: RunId; workflowId?: string; version?: number }
  | { kind: 'cancelRun'; runId: RunId }
  | { kind: 'pauseRun'; runId: RunId; paused: boolean }
  | { kind: 'sendEvent'; runId: RunId; name: string; payload: Json }
  | { kind: 'approvalDecided'; runId: RunId; approvalId: string }
  /** A run that waited for its place under the limit of its workflow has it now. */
  | { kind: 'admitRun'; runId: RunId }
  /** The run `childRunId` that `runId` called and waits for is over. */
  | { kind: 'childEnded'; runId: RunId; childRunId: RunId }
  | { kind: 'startBulkRerun'; bulkRerunId: string }
  /** Makes Temporal's schedule what the row says: `wanted` is null for one that was deleted. */
  | { kind: 'syncSchedule'; scheduleId: string; wanted: ScheduleWanted | null }
  | { kind: 'triggerSchedule'; scheduleId: string; overlap: OverlapPolicy }
  | { kind: 'backfillSchedule'; scheduleId: string; from: string; until: string; overlap: OverlapPolicy }
  | { kind: 'startDelivery'; deliveryId: string }
  /** Those who were asked to decide are told that they need not. */
  | { kind: 'mailWithdrawal'; approvalId: ApprovalId };

/** What a message is about: messages of one subject are sent in the order in which they were written. */
export function subjectOf(message: OutboxMessage): string {
  if ('runId' in message) return message.runId;
  if ('scheduleId' in message) return message.scheduleId;
  if ('approvalId' in message) return message.approvalId;
  return 'deliveryId' in message ? message.deliveryId : message.bulkRerunId;
}

/** A message with its key; the key is the id by which the receiving run knows a repetition. */
export interface QueuedMessage {
  tenantId: TenantId;
  id: string;
  message: OutboxMessage;
  /** With `startRun`, at the first try: the run as it was written, so that it need not read itself. Not stored. */
  written?: WrittenRun;
}

/** Sends committed messages. Never throws and never waits: what fails is sent again by the worker's sweep. */
export interface Dispatcher {
  dispatch(messages: QueuedMessage[]): void;
}

/** Who calls, for which tenant, and the doors that a verb may use. Made by the API's guard or an activity's entry. */
export interface Ctx {
  tenantId: TenantId;
  actor: Actor;
  permissions: ReadonlySet<Permission>;
  requestId: string;
  database: Database;
  dispatcher: Dispatcher;
  /** The platform's master keys, with which connections' secrets are sealed. */
  keyring: Keyring;
  /** The platform's launch stage, from its configuration. */
  launchStage: LaunchStage;
}

/** The person behind the actor, or null for services, workflows and the platform itself. */
export function personOf(actor: Actor): PersonId | null {
  return actor.kind === 'person' ? actor.personId : null;
}
