import type { Step } from '../../definitions/model.ts';
import type { Engine, Position } from '../engine.ts';
import type { Held } from '../model.ts';

/** Runs the steps of a body; handed to the containers, so that they need not know the interpreter. */
export type RunSteps = (engine: Engine, steps: Step[], at: Position) => Promise<Held>;
