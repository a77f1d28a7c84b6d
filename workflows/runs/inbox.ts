import type { RunId } from '../ids.ts';
import type { Json } from '../json.ts';
import { jsonBytes } from '../json-bytes.ts';
import type { Held, InboxMessage } from './model.ts';
import type { Ports } from './ports.ts';

/** How many unread messages a run keeps; past it the oldest event is dropped, never another message. */
const CAPACITY = 2_000;
/** How many ids of messages are remembered, so that a second delivery changes nothing. */
const REMEMBERED = 2_000;
/** Unread events take this many bytes of JSON into a new history at the most; what is more is stored outside. */
const CARRIED_BYTES = 256 * 1024;

/** Messages that arrived for the run. Handlers only append; steps take what is theirs when they come to it. */
export class Inbox {
  #messages: InboxMessage[];
  readonly #seen: Set<string>;

  constructor(carried: { inbox: InboxMessage[]; seen: string[] }) {
    this.#messages = carried.inbox;
    this.#seen = new Set(carried.seen);
  }

  /** Keeps a message, once. */
  add(message: InboxMessage): void {
    if (!this.isNew(message.id)) return;
    this.#messages.push(message);
    if (this.#messages.length > CAPACITY) this.#dropOldestEvent();
  }

  /** True the first time that a message with this id arrives. */
  isNew(id: string): boolean {
    if (this.#seen.has(id)) return false;
    this.#remember(id);
    return true;
  }

  /** Takes the first unread event of this name, or undefined. */
  takeEvent(name: string): { payload: Json } | { stored: Held } | undefined {
    const index = this.#messages.findIndex((message) => message.type === 'event' && message.name === name);
    const [message] = index < 0 ? [] : this.#messages.splice(index, 1);
    return message?.type === 'event' ? message : undefined;
  }

  /** Takes every word about an approval; true when there was one. */
  takeApproval(approvalId: string): boolean {
    const before = this.#messages.length;
    this.#messages = this.#messages.filter((one) => one.type !== 'approval' || one.approvalId !== approvalId);
    return this.#messages.length < before;
  }

  /** Takes the word that this called run is over; true when it had come. */
  takeChild(childRunId: RunId): boolean {
    const before = this.#messages.length;
    this.#messages = this.#messages.filter((one) => one.type !== 'child' || one.childRunId !== childRunId);
    return this.#messages.length < before;
  }

  /** Makes the unread events fit into the start of a new history: too much is moved out of it, as one list. */
  async lighten(ports: Pick<Ports, 'storeValue'>): Promise<void> {
    const inline = this.#messages.filter((message) => message.type === 'event' && 'payload' in message);
    const payloads = inline.map(({ payload }) => payload);
    if (jsonBytes(payloads) <= CARRIED_BYTES) return;
    const outcome = await ports.storeValue({ path: 'inbox', value: { value: payloads }, outside: true });
    if ('error' in outcome || !('ref' in outcome.output)) return;
    const list = outcome.output;
    const moved = inline.map(({ type, id, name }, at) => ({ type, id, name, stored: { ...list, at } }));
    const byId = new Map<string, InboxMessage>(moved.map((message) => [message.id, message]));
    this.#messages = this.#messages.map((message) => byId.get(message.id) ?? message);
  }

  carry(): { inbox: InboxMessage[]; seen: string[] } {
    return { inbox: this.#messages, seen: [...this.#seen] };
  }

  #remember(id: string): void {
    this.#seen.add(id);
    if (this.#seen.size <= REMEMBERED) return;
    const [oldest] = this.#seen;
    if (oldest !== undefined) this.#seen.delete(oldest);
  }

  #dropOldestEvent(): void {
    const index = this.#messages.findIndex((message) => message.type === 'event');
    if (index >= 0) this.#messages.splice(index, 1);
  }
}
