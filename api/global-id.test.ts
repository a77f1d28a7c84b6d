import { describe, expect, it } from '@jest/globals';
import { globalId } from '../workflows/ids.ts';
import { fromAnyGlobalId, fromGlobalId, fromOptionalId, toGlobalId } from './global-id.ts';

const uuid = '0b4f9a52-6f0e-4c8f-9d7b-2f4b6c1f7a10';
const id = toGlobalId('Run', uuid);

describe('global ids', () => {
  it('are those that runs know, and give the UUID back', () => {
    expect(id).toBe(globalId('run', uuid));
    expect(fromGlobalId('Run', id, 'runId')).toBe(uuid);
  });

  it.each([
    ['a UUID as such', uuid],
    ['an id of another type', toGlobalId('Workflow', uuid)],
    ['an empty text', ''],
    ['any text', 'run-1'],
    ['one digit more', `${id}0`],
    ['a space', ` ${id}`],
    ['upper case', id.toUpperCase()],
    ['dashes', `run_${uuid}`],
    ['a text with quotes', `run_' OR 1=1 --`],
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
    expect(() => fromAnyGlobalId('run_1', 'target')).toThrow('id of a run');
  });
});
