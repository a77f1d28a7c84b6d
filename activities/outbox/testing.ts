import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Prisma } from '../../prisma/database.ts';
import type { RunId } from '../../workflows/ids.ts';
import { subjectOf, type OutboxMessage, type QueuedMessage } from '../context.ts';
import type { TestHouse, TestTenant } from '../testing.ts';
import { createDispatcher, type DispatcherParts } from './index.ts';

/** The outbox of one tenant, looked at and changed from outside. */
export function outboxOf({ database }: TestHouse, { tenantId }: TestTenant) {
  return {
    rows: () =>
      database.withTenant(tenantId, (db) =>
        db.outbox.findMany({ where: { tenantId }, orderBy: { number: 'asc' } }),
      ),
    makeDue: () =>
      database.withTenant(tenantId, (db) =>
        db.outbox.updateMany({ where: { tenantId }, data: { nextAt: new Date(0) } }),
      ),
    empty: () => database.withTenant(tenantId, (db) => db.outbox.deleteMany({ where: { tenantId } })),
    /** Writes due messages that nobody was told of, in this order. */
    write: async (messages: OutboxMessage[], more: { attempts?: number } = {}): Promise<QueuedMessage[]> => {
      const written = messages.map((message) => ({ tenantId, id: randomUUID(), message }));
      const data = written.map(({ id, message }) => ({
        tenantId,
        id,
        kind: message.kind,
        subjectId: subjectOf(message),
        payload: JSON.parse(JSON.stringify(message)) as Prisma.InputJsonObject,
        nextAt: new Date(Date.now() - 1_000),
        ...more,
      }));
      await database.withTenant(tenantId, (db) => db.outbox.createMany({ data }));
      return written;
    },
  };
}

export const startMessage = (runId = randomUUID() as RunId) => ({ kind: 'startRun', runId }) as const;
export const pauseMessage = (runId: RunId, paused: boolean) => ({ kind: 'pauseRun', runId, paused }) as const;

/** A dispatcher with short waits that notes what it logs and counts. */
export function testDispatcher(
  { database }: Pick<TestHouse, 'database'>,
  send: DispatcherParts['send'],
  timing: DispatcherParts['timing'] = {},
) {
  const lines: [level: string, text: string | undefined][] = [];
  const outcomes: string[] = [];
  const log = {
    warn: (_: unknown, text?: string) => void lines.push(['warn', text]),
    error: (_: unknown, text?: string) => void lines.push(['error', text]),
  } as DispatcherParts['log'];
  const metrics = { count: (_: unknown, outcome: string) => void outcomes.push(outcome) };
  const shortly = { firstRetryMs: 5, longestRetryMs: 20, ...timing };
  return { ...createDispatcher({ database, send, log, metrics, timing: shortly }), lines, outcomes };
}

/** A `send` that keeps what it is given. */
export function recorder() {
  const got: QueuedMessage[] = [];
  return { got, send: (message: QueuedMessage) => Promise.resolve(void got.push(message)) };
}

/** A gate that stands in for something slow: `opened` resolves once `open` was called. */
export function newGate(): { opened: Promise<void>; open: () => void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

/** Lets so many turns of the event loop pass. */
export async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
}

/** Waits until the condition holds, for at most 10 seconds. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 10_000; !(await condition()) && Date.now() < end;) await pause(5);
}
