import { describe, expect, it } from '@jest/globals';
import { fromAnyGlobalId, fromGlobalId, fromOptionalId, toGlobalId } from './global-id.ts';

const uuid = '0b4f9a52-6f0e-4c8f-9d7b-2f4b6c1f7a10';
const id = toGlobalId('Run', uuid);

describe('global ids', () => {
  it('hide type and UUID and give them back', () => {
    expect(id).toMatch(/^[\w-]+$/);
    expect(fromGlobalId('Run', id, 'runId')).toBe(uuid);
  });

  it.each([
    ['a UUID as such', uuid],
    ['an id of another type', toGlobalId('Workflow', uuid)],
    ['an empty text', ''],
    ['any text', 'run-1'],
    ['padding', `${id}=`],
    ['a space', ` ${id}`],
    ['an upper-case UUID', Buffer.from(`Run:${uuid.toUpperCase()}`).toString('base64url')],
    ['more behind it', Buffer.from(`Run:${uuid}:x`).toString('base64url')],
    ['a text with quotes', `Run:' OR 1=1 --`],
  ])('refuse %s, naming the field', (_, text) => {
    expect(() => fromGlobalId('Run', text, 'runId')).toThrow(
      expect.objectContaining({
        code: 'INVALID',
        reason: 'id_invalid',
        details: { field: 'runId', expected: 'Run' },
        message: 'runId: this is not the id of a run. Use an id as the API gave it.',
      }),
    );
  });

  it('may be absent where they are optional', () => {
    expect(fromOptionalId('Run', null, 'runId')).toBeNull();
    expect(fromOptionalId('Run', undefined, 'runId')).toBeNull();
    expect(fromOptionalId('Run', id, 'runId')).toBe(uuid);
  });

  it('may be of any type where many things are meant', () => {
    expect(fromAnyGlobalId(id, 'target')).toBe(uuid);
    expect(fromAnyGlobalId(null, 'target')).toBeNull();
    expect(() => fromAnyGlobalId('made up', 'target')).toThrow('target: this is not an id.');
    expect(() => fromAnyGlobalId(Buffer.from('Run:1').toString('base64url'), 'target')).toThrow(
      'id of a run',
    );
  });
});
