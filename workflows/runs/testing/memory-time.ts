import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate } from 'node:timers/promises';

/** What a wait ends with when its scope is cancelled. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

/** What can be cancelled together; a cancellation reaches the scopes inside. */
export class MemoryScope {
  cancelled = false;
  readonly #stops = new Set<() => void>();

  child(): MemoryScope {
    const scope = new MemoryScope();
    this.onCancel(() => scope.cancel());
    return scope;
  }

  /** Calls `stop` when the scope is cancelled, at once when it is already. */
  onCancel(stop: () => void): void {
    if (this.cancelled) stop();
    else this.#stops.add(stop);
  }

  cancel(): void {
    if (this.cancelled) return;
    this.cancelled = true;
    for (const stop of this.#stops) stop();
    this.#stops.clear();
  }
}

interface Wait {
  ready: () => boolean;
  deadline: number | null;
  atRest: boolean;
  end: (inTime: boolean) => void;
}

/**
 * The time of runs in memory: nothing takes any, but waits. When everything is blocked, one piece of work that is under
 * way ends, whichever `pick` says; when there is none, the clock moves on to the next deadline.
 */
export class MemoryTime {
  now = Date.parse('2030-01-01T00:00:00Z');
  readonly #scopes = new AsyncLocalStorage<MemoryScope>();
  readonly #pick: (count: number) => number;
  #waits: Wait[] = [];
  #work: (() => Promise<void>)[] = [];

  /** `pick` chooses one of so many pieces of work, from 0. */
  constructor(pick: (count: number) => number) {
    this.#pick = pick;
  }

  get scope(): MemoryScope {
    return this.#scopes.getStore() ?? new MemoryScope();
  }

  within<T>(scope: MemoryScope, body: () => Promise<T>): Promise<T> {
    return this.#scopes.run(scope, body);
  }

  async waitUntil(ready: () => boolean, deadline: number | null): Promise<boolean> {
    if (ready()) return true;
    if (deadline !== null && deadline <= this.now) return false;
    return this.#wait({ ready, deadline, atRest: false }, this.scope);
  }

  async atRest(ready: () => boolean): Promise<void> {
    await this.#wait({ ready, deadline: null, atRest: true }, new MemoryScope());
  }

  /** Work on the outside world. With `stops`, a cancellation of the scope ends it before it is done. */
  async work<T>(act: () => Promise<T>, stops: boolean): Promise<T> {
    const { scope } = this;
    if (scope.cancelled) throw new Cancelled();
    return new Promise<T>((resolve, reject) => {
      const piece = () => act().then(resolve, reject);
      this.#work.push(piece);
      if (stops)
        scope.onCancel(() => {
          if (this.#work.includes(piece)) reject(new Cancelled());
          this.#work = this.#work.filter((one) => one !== piece);
        });
    });
  }

  /** Lets time pass until `over`. Throws when nothing can happen any more. */
  async passUntil(over: () => boolean): Promise<void> {
    for (;;) {
      // Lets everything run that is not blocked.
      await setImmediate();
      if (over()) return;
      if (this.#endOne((wait) => !wait.atRest && wait.ready(), true)) continue;
      if (this.#endOne((wait) => wait.atRest && wait.ready(), true)) continue;
      const [piece] = this.#work.splice(this.#pick(this.#work.length), 1);
      if (piece) await piece();
      else if (!this.#moveClock()) throw new Error('Everything waits, and nothing will come');
    }
  }

  #wait(wait: Omit<Wait, 'end'>, scope: MemoryScope): Promise<boolean> {
    if (scope.cancelled) return Promise.reject(new Cancelled());
    return new Promise((resolve, reject) => {
      const entry: Wait = { ...wait, end: resolve };
      this.#waits.push(entry);
      scope.onCancel(() => {
        this.#waits = this.#waits.filter((one) => one !== entry);
        reject(new Cancelled());
      });
    });
  }

  #endOne(which: (wait: Wait) => boolean, inTime: boolean): boolean {
    const found = this.#waits.find(which);
    if (!found) return false;
    this.#waits = this.#waits.filter((one) => one !== found);
    found.end(inTime);
    return true;
  }

  #moveClock(): boolean {
    const deadlines = this.#waits.flatMap(({ deadline }) => deadline ?? []);
    if (deadlines.length === 0) return false;
    this.now = Math.max(this.now, Math.min(...deadlines));
    return this.#endOne(({ deadline }) => deadline !== null && deadline <= this.now, false);
  }
}
