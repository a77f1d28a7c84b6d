import type { EventType } from '../../workflows/endpoints/model.ts';
import { globalId } from '../../workflows/ids.ts';
import type { JsonObject } from '../../workflows/json.ts';
import type { EmittedEvent } from './emit-event.ts';

/** What an event tells of a run. */
export interface RunFacts {
  id: string;
  workflowId: string;
  workflowName: string;
  version: number;
  status: string;
  trigger: string;
  error: unknown;
}

const TYPES: Partial<Record<string, EventType>> = {
  RUNNING: 'run.started',
  SUCCEEDED: 'run.succeeded',
  FAILED: 'run.failed',
  CANCELLED: 'run.cancelled',
  TIMED_OUT: 'run.timed_out',
};

/** The event of a run that came to this status, or null for a status that nobody is told of. */
export function runEvent(run: RunFacts): EmittedEvent | null {
  const type = TYPES[run.status];
  if (type === undefined) return null;
  return { type, data: { run: describe(run) } };
}

// Neither input nor output: they may be large and private. Who is allowed to reads them from the API.
function describe({ id, workflowId, workflowName, version, status, trigger, error }: RunFacts): JsonObject {
  const { code, message, stepId } = (error ?? {}) as {
    code?: string;
    message?: string;
    stepId?: string | null;
  };
  return {
    id: globalId('run', id),
    workflow: { id: globalId('workflow', workflowId), name: workflowName, version },
    ...{ status, trigger },
    error: code === undefined ? null : { code, message: message ?? '', stepId: stepId ?? null },
  };
}
