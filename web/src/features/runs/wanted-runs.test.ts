import { describe, expect, it } from '@jest/globals';
import { runFilter, runsAddress, wantedRuns } from './wanted-runs.ts';

const NOW = Date.parse('2026-03-02T12:00:00Z');

describe('the list of runs', () => {
  it.each([
    [{}, {}, '/runs'],
    [
      { status: 'FAILED', mine: 'yes' },
      { status: ['FAILED'], startedByMe: true },
      '/runs?status=FAILED&mine=yes',
    ],
    [{ since: 'day' }, { startedAfter: '2026-03-01T12:00:00.000Z' }, '/runs?since=day'],
    [
      { workflow: 'workflow_1', failure: 'ab' },
      { workflowId: 'workflow_1', failureFingerprint: 'ab' },
      '/runs?workflow=workflow_1&failure=ab',
    ],
    [{ status: 'BROKEN', since: 'year', mine: 'no', other: 'x' }, {}, '/runs'],
  ])('for %j asks the API for %j, and stands at %s', (params, filter, address) => {
    const wanted = wantedRuns(params);
    expect(runFilter(wanted, NOW)).toEqual(filter);
    expect(runsAddress(wanted)).toBe(address);
  });
});
