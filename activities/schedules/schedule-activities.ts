import type { ScheduleActivities } from '../../workflows/schedules/activities.ts';
import { startScheduledRun, type ScheduleClients } from './start-scheduled-run.ts';

/** What the workflow of a schedule asks of the world, over the clients of one worker. */
export function scheduleActivities(clients: ScheduleClients): ScheduleActivities {
  return { startScheduledRun: startScheduledRun(clients) };
}
