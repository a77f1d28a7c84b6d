/** The bounds of a limit, and by what it moves. Times in milliseconds. */
export interface SlotBounds {
  least: number;
  first: number;
  most: number;
  /** A task that takes longer says that too much is done side by side. */
  slowMs: number;
  /** It shrinks once in so long at most, since what was begun before goes on for a while. */
  shrinkEveryMs: number;
}

const SHRINK = 0.7;
/** It grows only while so large a part of it is in use: else it would not be known what it can bear. */
const IN_USE = 0.8;

/**
 * How many tasks may be worked on side by side, learnt from how long they take: each quick one adds one while the limit
 * is used, a slow one takes three tenths away. So a worker that comes to a backlog finishes some of it, where one that
 * began everything at once would finish nothing before Temporal gives the tasks to somebody else.
 */
export class SlotLimit {
  readonly #bounds: SlotBounds;
  #limit: number;
  #shrunkAt = -Infinity;

  constructor(bounds: SlotBounds) {
    this.#bounds = bounds;
    this.#limit = bounds.first;
  }

  get now(): number {
    return this.#limit;
  }

  /** Learns from a task that ended at `at`, while `inUse` were worked on. */
  learn({ tookMs, at, inUse }: { tookMs: number; at: number; inUse: number }): void {
    const { least, most, slowMs, shrinkEveryMs } = this.#bounds;
    if (tookMs <= slowMs) {
      if (inUse >= this.#limit * IN_USE) this.#limit = Math.min(most, this.#limit + 1);
    } else if (at - this.#shrunkAt >= shrinkEveryMs) {
      this.#shrunkAt = at;
      this.#limit = Math.max(least, Math.floor(this.#limit * SHRINK));
    }
  }
}
