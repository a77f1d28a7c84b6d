import { CLIENT_LOG_LIMITS } from '../../../../workflows/telemetry/limits.ts';
import type { ClientEvent, ClientEventKind } from '../../../../workflows/telemetry/model.ts';

/** What a page may tell of in all, and for how long it keeps what it could not send, in milliseconds. */
export const PAGE_LIMITS = { events: 40, keptFor: 5 * 60_000 };
/** One visit in so many tells how fast it was; of faults every one does. */
const SHARES: Partial<Record<ClientEventKind, number>> = { vital: 0.25 };
const MAX_COUNT = 1_000;
/** Room for what stands around the events of a batch. */
const AROUND = 200;

/** Whether a visit tells of this. `draw` is from 0 to below 1, and one for the whole visit. */
export function isTold(kind: ClientEventKind, draw: number): boolean {
  return draw < (SHARES[kind] ?? 1);
}

interface Noted {
  event: ClientEvent;
  /** When it came first, in milliseconds. */
  at: number;
}

/** What one page has to tell: alike ones once, with how often; so many in all and no more; nothing that is old. */
export class PageLog {
  #waiting: Noted[] = [];
  #told = 0;

  note(event: ClientEvent, now: number): void {
    const alike = this.#waiting.find((one) => isAlike(one.event, event));
    if (alike && 'count' in alike.event) {
      alike.event = { ...alike.event, count: Math.min(alike.event.count + 1, MAX_COUNT) };
      return;
    }
    if (this.#told >= PAGE_LIMITS.events) return;
    this.#told += 1;
    this.#waiting.push({ event, at: now });
  }

  /** Takes out what fits into one batch; what is too old is dropped. */
  take(now: number): ClientEvent[] {
    this.#waiting = this.#waiting.filter(({ at }) => now - at <= PAGE_LIMITS.keptFor);
    let bytes = AROUND;
    const fitting = this.#waiting.findIndex(({ event }, i) => {
      bytes += sizeOf(event);
      return i >= CLIENT_LOG_LIMITS.events || bytes > CLIENT_LOG_LIMITS.bytes;
    });
    const taken = this.#waiting.splice(0, fitting === -1 ? this.#waiting.length : fitting);
    return taken.map(({ event }) => event);
  }
}

function isAlike(one: ClientEvent, other: ClientEvent): boolean {
  return 'count' in one && JSON.stringify({ ...one, count: 0 }) === JSON.stringify({ ...other, count: 0 });
}

function sizeOf(event: ClientEvent): number {
  return new TextEncoder().encode(JSON.stringify(event)).length + 1;
}
