import { describe, expect, test } from '@jest/globals';
import { filterOf, wantedEvents } from './wanted-events.ts';

const AT = { zone: 'Europe/Berlin', now: Date.parse('2026-03-01T12:00:00Z') };

describe('what an address asks of the audit log', () => {
  test.each([
    [{}, {}],
    [
      { actor: '', action: ' run.start ', target: 'run_1' },
      { action: 'run.start', target: 'run_1' },
    ],
    [{ since: 'hour' }, { from: '2026-03-01T11:00:00.000Z' }],
    [{ since: 'century' }, {}],
    [
      { from: '2026-02-01T00:00', until: '2026-02-02T00:00' },
      { from: '2026-01-31T23:00:00.000Z', until: '2026-02-01T23:00:00.000Z' },
    ],
    [
      { since: 'day', from: '2020-01-01T00:00', until: '2020-01-02T00:00' },
      { from: '2026-02-28T12:00:00.000Z' },
    ],
    [{ from: 'yesterday' }, {}],
  ])('%j', (params, filter) => {
    expect(filterOf(wantedEvents(params), AT)).toEqual(filter);
  });
});
