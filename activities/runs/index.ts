export { beginRun, RUN_INPUT_LIMITS, type RunRef, type RunStart } from './begin-run.ts';
export { bulkRerunActivities, type BulkRerunClients } from './bulk-rerun-batch.ts';
export { cancelBulkRerun } from './bulk-rerun-cancel.ts';
export { rerunRuns } from './bulk-rerun-start.ts';
export {
  getBulkRerun,
  listBulkRerunItems,
  type BulkRerunItemView,
  type BulkRerunView,
} from './bulk-rerun-view.ts';
export { cancelRun } from './cancel-run.ts';
export { compareRuns, type ComparedRuns } from './compare-runs.ts';
export type { RunClients } from './deps.ts';
export { getRun } from './get-run.ts';
export { getRunDefinition } from './get-run-definition.ts';
export { getStep } from './get-step.ts';
export { listEvents, type EventView } from './list-events.ts';
export { listFailures, type FailureGroup } from './list-failures.ts';
export { listRuns, runFilter } from './list-runs.ts';
export { countSteps } from './count-steps.ts';
export { listSteps } from './list-steps.ts';
export { pauseRun } from './pause-run.ts';
export {
  previewBulkRerun,
  type BulkRepeat,
  type BulkRerunPreview,
  type BulkVersion,
} from './preview-bulk-rerun.ts';
export { previewRerun, type RerunPreview } from './preview-rerun.ts';
export { MAX_VALUES, readRunValues } from './read-run-values.ts';
export { lookThrough, type Found, type Look } from './reconcile-look.ts';
export { createReconciler, type ReconcileReport } from './reconcile-runs.ts';
export type { ReconcilerParts } from './reconciler-parts.ts';
export { rerunFromStep } from './rerun-from-step.ts';
export { resumeRun } from './resume-run.ts';
export { runActivities } from './run-activities.ts';
export { readRunAnswer, type RunAnswer } from './run-response.ts';
export type { RunView } from './run-view.ts';
export { sendEvent } from './send-event.ts';
export { startRun } from './start-run.ts';
export { startTestRun } from './start-test-run.ts';
export { checkRunInput, findStartable, readStartable, type StartableVersion } from './startable.ts';
export { stepsOfRuns } from './steps-of-runs.ts';
export type { StepView } from './step-view.ts';
