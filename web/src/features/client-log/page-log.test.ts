import { describe, expect, it } from '@jest/globals';
import { CLIENT_LOG_LIMITS } from '../../../../workflows/telemetry/limits.ts';
import type { ClientEvent, ClientEventKind } from '../../../../workflows/telemetry/model.ts';
import { isTold, PAGE_LIMITS, PageLog } from './page-log.ts';

const fault = (message: string, stack: string | null = null): ClientEvent => ({
  ...{ kind: 'error', page: '/en/runs', message, stack, digest: null, count: 1 },
});
const vital: ClientEvent = { kind: 'vital', page: '/en/runs', name: 'LCP', value: 900 };

describe('a page tells', () => {
  it('alike ones once, with how often they came', () => {
    const log = new PageLog();
    for (const message of ['a', 'b', 'a', 'a']) log.note(fault(message), 0);
    expect(log.take(0)).toEqual([{ ...fault('a'), count: 3 }, fault('b')]);
    expect(log.take(0)).toEqual([]);
  });

  it('figures each for itself', () => {
    const log = new PageLog();
    log.note(vital, 0);
    log.note(vital, 0);
    expect(log.take(0)).toEqual([vital, vital]);
  });

  it('so much in all and no more, also after sending', () => {
    const log = new PageLog();
    let told = 0;
    for (let i = 0; i < 3 * PAGE_LIMITS.events; i += 1) {
      log.note(fault(`no. ${i}`), 0);
      if (i % 7 === 0) told += log.take(0).length;
    }
    for (let more = log.take(0); more.length > 0; more = log.take(0)) told += more.length;
    expect(told).toBe(PAGE_LIMITS.events);
  });

  it('nothing that waited for a connection too long', () => {
    const log = new PageLog();
    log.note(fault('old'), 0);
    log.note(fault('young'), 10_000);
    expect(log.take(PAGE_LIMITS.keptFor + 1)).toEqual([fault('young')]);
  });

  it('at once what the other side takes, and the rest next', () => {
    const log = new PageLog();
    const large = (i: number) => fault(`${i} ${'ü'.repeat(290)}`, 'ü'.repeat(CLIENT_LOG_LIMITS.stack));
    for (let i = 0; i < 8; i += 1) log.note(large(i), 0);
    const batches = [log.take(0), log.take(0)];
    expect(batches.flat()).toHaveLength(8);
    for (const events of batches)
      expect(Buffer.byteLength(JSON.stringify({ events }))).toBeLessThanOrEqual(CLIENT_LOG_LIMITS.bytes);

    const small = new PageLog();
    for (let i = 0; i < 30; i += 1) small.note(fault(`no. ${i}`), 0);
    expect(small.take(0)).toHaveLength(CLIENT_LOG_LIMITS.events);
    expect(small.take(0)).toHaveLength(30 - CLIENT_LOG_LIMITS.events);
  });

  it.each<[ClientEventKind, number, boolean]>([
    ['error', 0.99, true],
    ['rejection', 0.99, true],
    ['request', 0.99, true],
    ['policy', 0.99, true],
    ['vital', 0, true],
    ['vital', 0.24, true],
    ['vital', 0.25, false],
    ['vital', 0.99, false],
  ])('%s in a visit that drew %d: %s', (kind, draw, expected) => {
    expect(isTold(kind, draw)).toBe(expected);
  });
});
