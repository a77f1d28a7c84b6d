import type { EffectKind } from '../../workflows/definitions/model.ts';
import type { ResolvedConnection } from '../../workflows/connections/model.ts';
import type { Json } from '../../workflows/json.ts';
import type { StepFailure } from '../../workflows/runs/activities.ts';
import type { Egress } from '../egress/index.ts';

/** One attempt of an effect, ready to be done. */
export interface EffectCall {
  /** The step's `with`, evaluated. */
  with: Json;
  /** The connection that it names; null when it names none. */
  connection: ResolvedConnection | null;
  idempotencyKey: string;
  runId: string;
  path: string;
  /** Aborted by the step's time limit and by a cancellation. */
  signal: AbortSignal;
  timeoutSeconds: number;
}

/** What came of it. Secrets of the connection are taken out already. */
export type EffectResult = { output: Json } | { error: StepFailure };

/** Does one kind of effect. Expected failures are returned; what it throws is tried again by Temporal. */
export type EffectExecutor = (call: EffectCall, tools: { egress: Egress }) => Promise<EffectResult>;

/** The executor of each kind. */
export type EffectExecutors = { [Kind in EffectKind]: EffectExecutor };
