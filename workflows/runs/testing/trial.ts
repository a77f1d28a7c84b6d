import type { Flow, Step } from '../../definitions/model.ts';
import type { LaunchStage } from '../../launch-stage.ts';
import type { Json } from '../../json.ts';
import type { EffectInput, EffectOutcome } from '../activities.ts';
import type { RunSeed, WrittenRun } from '../model.ts';
import type { TestPlan } from '../test-plan.ts';

/** A run as a test asks for it. */
export interface Trial {
  steps: Step[];
  flow?: Partial<Flow>;
  input?: Json;
  launchStage?: LaunchStage;
  /** What effects answer; by default they succeed with what they were given. */
  effect?: (input: EffectInput) => EffectOutcome | Promise<EffectOutcome>;
  /** The run of a called workflow, by its name. */
  children?: Record<string, Flow>;
  /** What a run again begins with. */
  seed?: RunSeed;
  test?: TestPlan;
  /** The run as its start carries it; it reads itself when left out. */
  written?: WrittenRun;
  /** How long Temporal lets one workflow task take; its usual 10 seconds when left out. */
  taskSeconds?: number;
}

/** A run as the world reaches it: Temporal's handles are such, and those of runs in memory. */
export interface RunHandle {
  signal(name: string, ...args: unknown[]): Promise<void>;
  cancel(): Promise<unknown>;
}
