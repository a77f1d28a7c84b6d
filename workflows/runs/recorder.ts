import type { StepRecord } from './activities.ts';
import type { Ports } from './ports.ts';
import type { RunResponse, RunStatus, StepEvent } from './model.ts';

/** At this many events the interpreter waits until they are stored. */
const BATCH = 50;
/** One delivery carries this many at the most. */
const DELIVERY = 200;
/** An effect takes events along when they have this many characters of JSON at the most: its input stays in the history. */
const ALONG = 4_096;

/** What a recorder carries from one history to the next. */
export interface RecorderState {
  events: StepEvent[];
  sequence: number;
  revision: number;
}

/**
 * Collects what happens to the steps and stores it in batches: each time that the run comes to rest, and when a batch
 * is full. One batch is on its way at a time; what happens meanwhile goes into the next, once the run is at rest again.
 * Nothing is lost when the worker dies: the events come again with the replay, under the same keys.
 */
export class Recorder {
  readonly #ports: Ports;
  readonly #statusNow: () => RunStatus;
  #events: StepEvent[];
  #sequence: number;
  #revision: number;
  /** Null when it is not known what is stored. */
  #storedStatus: RunStatus | null = 'RUNNING';
  #response: RunResponse | null = null;
  #storing: Promise<void> | null = null;
  #closed = false;
  /** When the run began, as long as no row says so. */
  #begunAt: string | null;

  /**
   * `statusNow` tells the run's own status, which is stored with the events when it has changed. `carried.begunAt` is
   * set for a run that is not marked RUNNING yet.
   */
  constructor(ports: Ports, carried: RecorderState & { begunAt: string | null }, statusNow: () => RunStatus) {
    this.#ports = ports;
    this.#begunAt = carried.begunAt;
    this.#statusNow = statusNow;
    this.#events = carried.events;
    this.#sequence = carried.sequence;
    this.#revision = carried.revision;
  }

  add(event: Omit<StepEvent, 'sequence' | 'at'>): void {
    this.#events.push({ ...event, sequence: this.#sequence++, at: this.#ports.now() });
  }

  /** Hands over the run's answer: it travels with the events of the step that gave it. */
  answer(response: RunResponse): void {
    this.#response = response;
  }

  get isFull(): boolean {
    return this.#events.length >= BATCH;
  }

  /** Stores whatever there is each time that the run comes to rest, until `close`. */
  async storeAtRest(): Promise<void> {
    for (;;) {
      await this.#ports.atRest(() => this.#closed || (this.#storing === null && this.#hasNews()));
      if (this.#closed) return;
      await this.flush();
    }
  }

  /** Stores what has been collected, up to one delivery; waits for the one that is on its way, if there is one. */
  flush(): Promise<void> {
    this.#storing ??= this.#deliver().finally(() => {
      this.#storing = null;
    });
    return this.#storing;
  }

  /**
   * Gives what waits to an effect that may store it meanwhile, which saves a delivery of its own. Null when nothing
   * waits, it is much, or the run's beginning is not stored yet: that comes before anything else about the run.
   */
  takeAlong(): StepRecord | null {
    if (this.#closed || this.#begunAt !== null || this.#response !== null || !this.#hasNews()) return null;
    if (this.isFull || JSON.stringify(this.#events).length > ALONG) return null;
    return this.#take();
  }

  /** Takes back what an effect did not store, or may not have stored. */
  giveBack(record: StepRecord): void {
    this.#events.unshift(...record.events);
    if (record.run) this.#storedStatus = null;
  }

  /** Ends the storing, and gives what is not stored yet: it travels with the end of the run or into the next history. */
  async close(): Promise<RecorderState> {
    this.#closed = true;
    await this.#storing;
    return { events: this.#events, sequence: this.#sequence, revision: this.#revision };
  }

  /** Set while no row says that the run has begun. */
  get begunAt(): string | null {
    return this.#begunAt;
  }

  #hasNews(): boolean {
    return this.#events.length > 0 || this.#statusNow() !== this.#storedStatus;
  }

  async #deliver(): Promise<void> {
    if (this.#closed || !this.#hasNews()) return;
    const record = this.#take();
    await this.#ports.shield(() => this.#ports.record(record));
  }

  #take(): StepRecord {
    const events = this.#events.splice(0, DELIVERY);
    const status = this.#statusNow();
    const news = status === this.#storedStatus ? {} : { run: { status, revision: ++this.#revision } };
    this.#storedStatus = status;
    const answer = this.#response === null ? {} : { response: this.#response };
    this.#response = null;
    const begun = this.#begunAt === null ? {} : { begunAt: this.#begunAt };
    this.#begunAt = null;
    return { events, ...news, ...answer, ...begun };
  }
}
