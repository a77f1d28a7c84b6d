import type { RunId, TenantId } from '../ids.ts';
import type { StartedOf } from '../search-attributes.ts';

/** What the workflow of a schedule asks of the world. Implemented in `activities/schedules`. */
export interface ScheduleActivities {
  /**
   * Writes the run that is due, and gives its id; the same firing gives the same run. Null when there is nothing to run:
   * the schedule is gone, its run of this time is over, or the run was refused, which is then written down.
   */
  startScheduledRun(input: StartScheduledRunInput): Promise<ScheduledRun | null>;
}

/** The run of a firing, and what it runs. */
export interface ScheduledRun extends StartedOf {
  runId: RunId;
}

export interface StartScheduledRunInput {
  tenantId: TenantId;
  scheduleId: string;
  /** The same for each attempt at one due time of the schedule. */
  firing: string;
  /** The time that the schedule was due, in ISO 8601. */
  scheduledFor: string;
}
