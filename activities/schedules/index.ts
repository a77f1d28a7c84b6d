export { backfillSchedule, previewBackfill, requestBackfill } from './backfill-schedule.ts';
export { createSchedule } from './create-schedule.ts';
export { deleteSchedule } from './delete-schedule.ts';
export { getSchedule } from './get-schedule.ts';
export {
  listRefusedFirings,
  listScheduledRuns,
  type RefusedFiring,
  type ScheduledRun,
} from './list-firings.ts';
export { listSchedules } from './list-schedules.ts';
export { pauseSchedule } from './pause-schedule.ts';
export { previewSchedule } from './preview-schedule.ts';
export { resumeSchedule } from './resume-schedule.ts';
export { scheduleActivities } from './schedule-activities.ts';
export { scheduleTimes, type ScheduleTimes } from './schedule-times.ts';
export type { ScheduleView } from './schedule-view.ts';
export type { ScheduleClients } from './start-scheduled-run.ts';
export { syncDefinitionSchedules } from './sync-definition-schedules.ts';
export {
  TEMPORAL_OVERLAPS,
  temporalSchedule,
  temporalScheduleId,
  type ScheduleKey,
} from './temporal-schedule.ts';
export { triggerSchedule } from './trigger-schedule.ts';
export { updateSchedule } from './update-schedule.ts';
