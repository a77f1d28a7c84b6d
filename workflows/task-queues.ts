/** The one task queue of user workflows and their activities. */
export const RUNS_TASK_QUEUE = 'levqor-runs';
