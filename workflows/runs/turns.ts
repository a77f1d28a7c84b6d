import { CancellationScope, condition } from '@temporalio/workflow';

/**
 * Lets the parts of a run go on one after the other, in an order that is the same when the history is read again.
 *
 * A local activity may last longer than a workflow task: a database that is away. What comes from outside meanwhile (a
 * timer, a signal, the answer of an activity) reaches the run before that local activity ends, and in one activation
 * with its end when the run is replayed. Were both let on as they come, their commands would change places, and the
 * run could never go on again.
 */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();
  #underWay = 0;
  #arrived = 0;

  /**
   * Runs a local activity when those before it have ended. Two side by side may end within one activation, and in two
   * when they are replayed.
   */
  async local<T>(work: () => Promise<T>): Promise<T> {
    this.#underWay++;
    const mine = this.#last.then(work, work);
    this.#last = mine;
    try {
      return await mine;
    } finally {
      this.#underWay--;
    }
  }

  /** Waits for something from outside, or its failure, and goes on with it when no local activity is under way. */
  async outside<T>(coming: Promise<T>): Promise<T> {
    try {
      return await coming;
    } finally {
      this.#arrived++;
      await this.#nothingUnderWay();
      this.#arrived--;
    }
  }

  /** Resolves when `ready` is true and everything else in the run is blocked. No cancellation reaches it. */
  atRest(ready: () => boolean): Promise<void> {
    return CancellationScope.nonCancellable(() => condition(() => this.#arrived === 0 && ready()));
  }

  // The first look comes at once; the later ones when what the activation brought has been taken up. Only then it is
  // known whether a local activity that ended in it is followed by another.
  #nothingUnderWay(): Promise<void> {
    let looks = 0;
    return CancellationScope.nonCancellable(() => condition(() => looks++ > 0 && this.#underWay === 0));
  }
}
