import type { ApprovalClass } from '../../approvals/model.ts';
import type { Flow } from '../../definitions/model.ts';
import type { LaunchStage } from '../../launch-stage.ts';
import type { Json, JsonObject } from '../../json.ts';

/** The end of a scope by an error. */
export class Failure extends Error {
  readonly error: { code: string; message: string; stepId: string; path: string };
  readonly passing: boolean;

  /** `passing`: the same call may succeed later. */
  constructor(error: Failure['error'], passing = false) {
    super(`${error.code} at ${error.path}: ${error.message}`);
    this.error = error;
    this.passing = passing;
  }
}

/** Something that the run must have done. */
export interface Note {
  what: 'step' | 'call' | 'ask' | 'answer';
  path: string;
  /** Of a step: how an attempt ended. */
  status?: 'SUCCEEDED' | 'FAILED' | 'SKIPPED';
  output?: Json;
  code?: string;
  /** True for work beside a failure: the run may have been stopped before it. */
  cut: boolean;
}

/** What the definition alone does not tell. */
export interface ReferenceWorld {
  flow: Flow;
  input: Json;
  stage: LaunchStage;
  children: Record<string, Flow>;
  startedAt: string;
  /** Of several failures side by side, the one that came first in time: the container's, by its path. */
  first: (path: string, failures: Failure[]) => Failure;
}

export interface ReferenceEnd {
  status: 'SUCCEEDED' | 'FAILED';
  output: Json;
  error: Failure['error'] | null;
  notes: Note[];
}

/** What a step can see, and the approval that was given before it. */
export interface Scope {
  names: JsonObject;
  steps: JsonObject;
  granted: ApprovalClass | null;
}

/** Where a failure belongs. */
export type Place = [stepId: string, path: string];

/** A failure at this place. */
export function failed(code: string, [stepId, path]: Place, message = ''): Failure {
  return new Failure({ code, message, stepId, path });
}

/** The failure of a step that asked people: they denied, or nobody decided. */
export function notApproved(decision: 'DENY' | null, place: Place): Failure {
  return failed(decision === 'DENY' ? 'APPROVAL_DENIED' : 'APPROVAL_EXPIRED', place);
}

/** What the steps of a body inside see: all that is seen around it, and these names. */
export function innerScope({ names, steps, granted }: Scope, more: JsonObject = {}): Scope {
  return { names: { ...names, ...more }, steps: { ...steps }, granted };
}
