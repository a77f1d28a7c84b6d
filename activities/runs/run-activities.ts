import type { RunActivities } from '../../workflows/runs/activities.ts';
import { temporalActivity } from './activity-handle.ts';
import { cancelChildRun } from './child-cancel.ts';
import { readChildOutcome } from './child-outcome.ts';
import { closeRun } from './close-run.ts';
import { createChildRun } from './create-child-run.ts';
import type { RunClients, RunDeps } from './deps.ts';
import type { EffectExecutors } from './effect-executor.ts';
import { executeEmail } from './email.node.ts';
import { evaluateStored } from './evaluate-stored.ts';
import { executeEffect } from './execute-effect.ts';
import { executeHttp } from './http.node.ts';
import { openRun } from './open-run.ts';
import { executePostgres } from './postgres.node.ts';
import { createValueReader } from './read-value.ts';
import { recordSteps } from './record-steps.ts';
import { storeValue } from './store-value.ts';

const EXECUTORS: EffectExecutors = { http: executeHttp, postgres: executePostgres, email: executeEmail };

/** What runs ask of the world, over the clients of one worker. */
export function runActivities(clients: RunClients): RunActivities {
  const deps: RunDeps = {
    ...clients,
    values: createValueReader(clients.database),
    executors: EXECUTORS,
    activity: temporalActivity,
  };
  return {
    openRun: openRun(deps),
    recordSteps: recordSteps(deps),
    executeEffect: executeEffect(deps),
    evaluateStored: evaluateStored(deps),
    storeValue: storeValue(deps),
    createChildRun: createChildRun(deps),
    readChildOutcome: readChildOutcome(deps),
    cancelChildRun: cancelChildRun(deps),
    closeRun: closeRun(deps),
  };
}
