import { describe, expect, test } from '@jest/globals';
import { csvCell, exportedEvent } from './export-text.ts';
import type { AuditEvent } from './loaders.ts';

const EVENT: AuditEvent = {
  sequence: 7,
  at: '2026-03-01T12:00:00.000Z',
  action: 'run.start',
  target: 'run_1',
  requestId: null,
  details: { note: 'a "b"' },
  actor: {
    kind: 'person',
    name: 'Ana, B.',
    email: 'ana@example.com',
    personId: 'p_1',
    apiKeyId: null,
    runId: null,
  },
};

describe('the audit log as a file', () => {
  test.each([
    ['', ''],
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['a "b"', '"a ""b"""'],
    ['two\nlines', '"two\nlines"'],
    ['=1+1', "'=1+1"],
    ['@cmd', "'@cmd"],
    ['-2,3', '"\'-2,3"'],
  ])('the cell %j is %j', (text, cell) => {
    expect(csvCell(text)).toBe(cell);
  });

  test('an event is one line of CSV, or one object', () => {
    expect(exportedEvent(EVENT, 'csv')).toBe(
      '7,2026-03-01T12:00:00.000Z,run.start,run_1,person,"Ana, B.",ana@example.com,p_1,,"{""note"":""a \\""b\\""""}"\r\n',
    );
    expect(JSON.parse(exportedEvent(EVENT, 'json'))).toEqual(EVENT);
  });
});
