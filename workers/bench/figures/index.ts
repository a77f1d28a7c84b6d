import type { Figure } from '../figure.ts';
import { approvals } from './approvals.ts';
import { history } from './history.ts';
import { hook } from './hook.ts';
import { mixed } from './mixed.ts';
import { rate3, rate9 } from './rate.ts';
import { scale } from './scale.ts';
import { seqEffect } from './seq-effect.ts';
import { seqPure } from './seq-pure.ts';

/** All figures of the engine, in the order in which they are measured and told. */
export const FIGURES: readonly Figure[] = [
  seqPure,
  seqEffect,
  scale,
  rate3,
  rate9,
  hook,
  mixed,
  approvals,
  history,
];
