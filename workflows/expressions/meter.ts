import { tooMuch } from './expression-error.ts';
import type { ExpressionLimits } from './limits.ts';
import { measureTree, type Measures } from './weigh.ts';

/** Counts what evaluations cost. One per Expressions object; evaluation is synchronous, so one is enough. */
export class Meter {
  readonly limits: ExpressionLimits;
  /** Cost units since this was last set to 0. */
  spent = 0;
  private cost = 0;
  private ceiling = 0;
  private measures: Measures = new WeakMap();

  constructor(limits: ExpressionLimits) {
    this.limits = limits;
  }

  /** Begins an expression that may cost up to `ceiling`. */
  begin(ceiling: number): void {
    this.cost = 0;
    this.ceiling = ceiling;
    this.forgetMeasures();
  }

  /** Counts `units` (whole), before the work that they stand for, and throws when the expression has no more. */
  charge(units: number): void {
    const left = this.ceiling - this.cost;
    this.cost += units;
    this.spent += Math.min(units, left);
    if (units > left) {
      throw tooMuch('cost', 'does more work than one expression may. Let it handle less data at a time.');
    }
  }

  /** Charges for reading all that is inside a value. */
  chargeReading(value: unknown): void {
    this.charge(Math.floor(this.weigh(value) / 8));
  }

  /** Charges for a value that an expression made, and refuses it when it is too large. */
  checkMade(value: unknown): void {
    const { stringLength, sequenceLength, weight } = this.limits;
    if (typeof value === 'string') {
      if (value.length > stringLength) throw stringTooLong();
      this.charge(value.length >> 8);
    }
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      if (value.length > sequenceLength) throw sequenceTooLong();
      this.charge(value.length >> 3);
    }
    if (this.weigh(value) > weight) throw valueTooLarge();
  }

  /** The weight of a value, see `weigh`. Charges for what it had not seen before. */
  weigh(value: unknown): number {
    return measureTree(value, {
      known: this.measures,
      maxDepth: this.limits.valueDepth,
      onVisit: (units) => this.charge(units),
    }).weight;
  }

  /** Needed after values were changed in place, as a transform does. */
  forgetMeasures(): void {
    this.measures = new WeakMap();
  }
}

/** The refusals of values that are too large. */
export const stringTooLong = () => tooMuch('string_too_long', 'makes a text that is too long.');
export const sequenceTooLong = () => tooMuch('sequence_too_long', 'makes a list with too many elements.');
export const valueTooLarge = () => tooMuch('value_too_large', 'makes a value that is too large.');
