import type { ActivityOptions, LocalActivityOptions } from '@temporalio/workflow';

/** Database work that may be repeated: tried until the database is back, for as long as it takes. */
export const quick: LocalActivityOptions = {
  startToCloseTimeout: '30s',
  retry: { initialInterval: '100ms', backoffCoefficient: 2, maximumInterval: '10s' },
  localRetryThreshold: '1m',
};

/**
 * One attempt of an effect. The activity keeps the step's time limit itself and reports expected failures; what
 * Temporal repeats is an attempt whose worker died or whose database was away. The heartbeat tells a dead worker
 * within 15 seconds, however long the step may take.
 */
export function effect(timeoutSeconds: number): ActivityOptions {
  return {
    startToCloseTimeout: (timeoutSeconds + 30) * 1000,
    heartbeatTimeout: '15s',
    retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '30s', maximumAttempts: 100 },
    cancellationType: 'WAIT_CANCELLATION_COMPLETED',
  };
}

/** One attempt at a delivery to an endpoint. It keeps its own time limit and reports failures; see `effect`. */
export const delivery: ActivityOptions = {
  startToCloseTimeout: '60s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
};

/** A mail to a person: a mail server that is away is tried again for about half an hour. */
export const mailing: ActivityOptions = {
  startToCloseTimeout: '60s',
  retry: { initialInterval: '5s', backoffCoefficient: 3, maximumInterval: '10m', maximumAttempts: 8 },
};
