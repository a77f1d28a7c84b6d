import type { Ports } from './ports.ts';
import type { RunStatus, StepEvent } from './model.ts';

/** At this many events a step waits for them to be stored. */
const BATCH = 50;

/**
 * Collects what happens to the steps and stores it in batches. One batch is on its way at a time; what happens
 * meanwhile goes into the next. Nothing is lost when the worker dies: the events come again with the replay,
 * under the same keys.
 */
export class Recorder {
  readonly #ports: Ports;
  #events: StepEvent[];
  #sequence: number;
  #revision: number;
  #status: RunStatus = 'RUNNING';
  #statusIsNew = false;
  #storing: Promise<void> | null = null;

  constructor(ports: Ports, carried: { events: StepEvent[]; sequence: number; revision: number }) {
    this.#ports = ports;
    this.#events = carried.events;
    this.#sequence = carried.sequence;
    this.#revision = carried.revision;
  }

  add(event: Omit<StepEvent, 'sequence' | 'at'>): void {
    this.#events.push({ ...event, sequence: this.#sequence++, at: this.#ports.now() });
  }

  /** Notes the run's own status; it is stored with the next batch. */
  setStatus(status: RunStatus): void {
    if (status === this.#status) return;
    this.#status = status;
    this.#statusIsNew = true;
    this.#revision++;
  }

  get isFull(): boolean {
    return this.#events.length >= BATCH;
  }

  /** Stores what has been collected. Not awaited before a wait: both go to the server together. */
  flush(): Promise<void> {
    if (this.#storing) return this.#storing;
    if (this.#events.length === 0 && !this.#statusIsNew) return Promise.resolve();
    this.#storing = this.#store().finally(() => {
      this.#storing = null;
    });
    return this.#storing;
  }

  /** What is not stored yet, taken out: it travels with the end of the run or into the next history. */
  async drain(): Promise<{ events: StepEvent[]; sequence: number; revision: number }> {
    await this.#storing;
    const events = this.#events;
    this.#events = [];
    return { events, sequence: this.#sequence, revision: this.#revision };
  }

  async #store(): Promise<void> {
    while (this.#events.length > 0 || this.#statusIsNew) {
      const events = this.#events.splice(0, BATCH * 4);
      const run = this.#statusIsNew ? { run: { status: this.#status, revision: this.#revision } } : {};
      this.#statusIsNew = false;
      await this.#ports.shield(() => this.#ports.record({ events, ...run }));
    }
  }
}
