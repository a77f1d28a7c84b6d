import type { Figure } from '../figure.ts';
import { hook } from './hook.ts';
import { seqPure } from './seq-pure.ts';

/** All figures of the engine, in the order in which they are measured and told. */
export const FIGURES: readonly Figure[] = [seqPure, hook];
