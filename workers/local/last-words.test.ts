import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { lastWords, logSize } from './last-words.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'levqor-scratch-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const BEFORE = 'port 1 is taken\n';
const long = `${'{"msg":"…"}\n'.repeat(1_000)}no key\n`;

describe('the last words of a process', () => {
  it.each([
    ['its last plain line', 'one\ntwo\n\n', 'two'],
    ['not an entry of its log', 'listen EADDRINUSE\n{"level":30,"msg":"ready"}\n', 'listen EADDRINUSE'],
    ['the error, not where it came from', 'Error: no key\n    at a.ts:1\n}\nNode.js v24\n', 'Error: no key'],
    ['nothing when it wrote nothing', '', null],
    ['nothing when it wrote only entries', '{"level":30}\n', null],
    ['the end of a long log', long, 'no key'],
  ])('are %s', async (_case, written, expected) => {
    const file = join(folder, 'part.log');
    await writeFile(file, BEFORE);
    const begin = await logSize(file);
    await writeFile(file, written, { flag: 'a' });
    expect(await lastWords(file, begin)).toBe(expected);
  });

  it('are found in a log that was begun anew, and are none where there is no log', async () => {
    const file = join(folder, 'anew.log');
    expect(await logSize(file)).toBe(0);
    expect(await lastWords(file, 0)).toBeNull();
    await writeFile(file, 'out of memory\n');
    expect(await lastWords(file, 5_000_000)).toBe('out of memory');
  });
});
