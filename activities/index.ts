import type { ApprovalActivities } from '../workflows/approvals/activities.ts';
import type { RunActivities } from '../workflows/runs/activities.ts';
import type { BulkRerunActivities } from '../workflows/runs/bulk-rerun-activities.ts';
import type { EndpointActivities } from '../workflows/endpoints/activities.ts';
import type { ScheduleActivities } from '../workflows/schedules/activities.ts';
import { approvalActivities, approvalMailActivities, type ApprovalMailClients } from './approvals/index.ts';
import { endpointActivities } from './endpoints/index.ts';
import { bulkRerunActivities, runActivities, type BulkRerunClients, type RunClients } from './runs/index.ts';
import { scheduleActivities, type ScheduleClients } from './schedules/index.ts';

/** What Temporal may call, over the clients of one worker. Everything else in this room is called by the API. */
export function createActivities(
  clients: RunClients & BulkRerunClients & ScheduleClients & ApprovalMailClients,
) {
  return {
    ...runActivities(clients),
    ...approvalActivities(clients),
    ...approvalMailActivities(clients),
    ...endpointActivities(clients),
    ...scheduleActivities(clients),
    ...bulkRerunActivities(clients),
  } satisfies RunActivities &
    ApprovalActivities &
    EndpointActivities &
    ScheduleActivities &
    BulkRerunActivities;
}
