import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDatabase, type Database } from '../../prisma/database.ts';
import type { RateLimit } from '../../workflows/connections/rate-limit.ts';
import { openTestHouse, type TestHouse, type TestTenant } from '../testing.ts';
import { createConnection, deleteConnection, reserveSlot, rotateConnection } from './index.ts';

let house: TestHouse;
let tenant: TestTenant;
/** The databases of two workers. */
let workers: [Database, Database];
beforeAll(async () => {
  house = await openTestHouse();
  tenant = await house.newTenant();
  workers = [openDatabase(house.test.appUrl, 4), openDatabase(house.test.appUrl, 4)];
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.close()));
  await house.close();
});

let count = 0;
async function paced(rateLimit: RateLimit, of = tenant) {
  const name = `shop-${++count}`;
  const settings = { baseUrl: 'https://shop.example', rateLimit };
  const { id } = await createConnection(of.as('owner'), { name, kind: 'HTTP', settings });
  return { id, name, ...rateLimit };
}
const reserve = (connection: RateLimit & { name: string }, worker: Database = house.database, of = tenant) =>
  worker.withTenant(of.tenantId, (db) => reserveSlot(db, of.tenantId, connection));

/** Takes so many slots, by two workers at once; gives when each of them is, in milliseconds, in order. */
async function takeSlots(connection: RateLimit & { name: string }, many: number) {
  const from = Date.now();
  const slots = await Promise.all(
    Array.from({ length: many }, (_, i) => reserve(connection, workers[i % 2])),
  );
  const until = Date.now();
  return { atOnce: slots.filter((slot) => slot === null).length, later: sorted(slots), from, until };
}
const sorted = (slots: (number | null)[]) => slots.filter((slot) => slot !== null).sort((a, b) => a - b);

describe('reserveSlot', () => {
  it.each<[RateLimit, number]>([
    [{ requests: 1, perSeconds: 60 }, 8],
    [{ requests: 5, perSeconds: 60 }, 20],
    [{ requests: 7, perSeconds: 3_600 }, 30],
    [{ requests: 3, perSeconds: 86_400 }, 12],
  ])('holds %j over two workers: so many at once, then one after the other', async (limit, many) => {
    const { atOnce, later, from, until } = await takeSlots(await paced(limit), many);
    const { requests, perSeconds } = limit;
    const apart = (perSeconds * 1000) / requests;
    expect(atOnce).toBe(requests);
    expect(later).toHaveLength(many - requests);
    // Within any time t go at most `requests` + t / apart: the slots after the burst lie that far from its beginning.
    later.forEach((slot, i) => {
      expect(slot).toBeGreaterThanOrEqual(from + apart * (i + 1) - 2);
      expect(slot).toBeLessThanOrEqual(until + apart * (i + 1) + 2);
    });
    for (let i = 1; i < later.length; i++) expect(later[i]! - later[i - 1]!).toBeGreaterThan(apart - 2);
  });

  it('never asks for a wait where there is room: 100,000 a second', async () => {
    const connection = await paced({ requests: 100_000, perSeconds: 1 });
    expect((await takeSlots(connection, 40)).atOnce).toBe(40);
  });

  it('gives back what a rest has earned, and no more than a burst of it', async () => {
    const connection = await paced({ requests: 2, perSeconds: 60 });
    await takeSlots(connection, 2);
    const rest = (seconds: number) =>
      house.database.withTenant(
        tenant.tenantId,
        (db) =>
          db.$executeRaw`UPDATE connection_pace SET next_at = next_at - make_interval(secs => ${seconds})
          WHERE connection_id = ${connection.id}::uuid`,
      );
    await rest(30);
    expect((await takeSlots(connection, 2)).atOnce).toBe(1);
    await rest(86_400);
    expect((await takeSlots(connection, 5)).atOnce).toBe(2);
  });

  it('counts each connection and each organisation by itself', async () => {
    const limit = { requests: 1, perSeconds: 60 };
    const [one, two] = [await paced(limit), await paced(limit)];
    const other = await house.newTenant();
    const theirs = await paced(limit, other);
    expect(await reserve(one)).toBeNull();
    expect(await reserve(two)).toBeNull();
    expect(await reserve(theirs, house.database, other)).toBeNull();
    expect(await reserve(one)).not.toBeNull();
    expect(await reserve({ ...theirs, name: 'nobody' })).toBeNull();
  });

  it('begins anew when the settings change or the connection is made again, and not when a secret does', async () => {
    const connection = await paced({ requests: 1, perSeconds: 86_400 });
    const owner = tenant.as('owner');
    const settings = (requests: number) => ({
      baseUrl: 'https://shop.example',
      rateLimit: { requests, perSeconds: 86_400 },
    });
    await reserve(connection);
    await rotateConnection(owner, { id: connection.id, secrets: { bearer: 'new' } });
    expect(await reserve(connection)).not.toBeNull();
    await rotateConnection(owner, { id: connection.id, settings: settings(2), secrets: null });
    expect(await reserve({ ...connection, requests: 2 })).toBeNull();
    await deleteConnection(owner, { id: connection.id });
    const rows = await house.database.withTenant(tenant.tenantId, (db) =>
      db.connectionPace.count({ where: { connectionId: connection.id } }),
    );
    expect(rows).toBe(0);
  });
});
