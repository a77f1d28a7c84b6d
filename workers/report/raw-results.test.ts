import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { bestOf, readResults, takeResults } from './raw-results.ts';
import { sampleChaos, sampleFigure, sampleResults } from './testing.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'levqor-report-'));
});
afterEach(() => rm(folder, { recursive: true }));

const write = (name: string, value: object) => writeFile(join(folder, name), JSON.stringify(value));
const [one, two] = [sampleFigure('hook'), sampleFigure('seq-pure')];

describe('the results that a report uses', () => {
  it('are the newest of those with the most figures', () => {
    const files = [
      { name: 'old', results: sampleResults('engine', [one, two], '2030-01-01T00:00:00Z') },
      { name: 'new', results: sampleResults('engine', [one, two], '2030-01-02T00:00:00Z') },
      { name: 'newest, of one figure', results: sampleResults('engine', [one], '2030-01-03T00:00:00Z') },
      { name: 'memory', results: sampleResults('memory', [one, two, one], '2030-01-04T00:00:00Z') },
    ];
    expect(bestOf('engine', files)?.name).toBe('new');
    expect(bestOf('engine', files.slice(3))).toBeNull();
  });

  it('are read from files, those of the fault rig by their time', async () => {
    await write('engine-1.json', sampleResults('engine', [one]));
    await write('chaos-1.json', { ...sampleChaos(1), startedAt: '2030-01-09T00:00:00Z', more: 'fields' });
    await write('chaos-2.json', sampleChaos(2));
    await write('other.json', {});
    const raw = await readResults(folder);
    expect(raw.engine?.figures).toEqual([one]);
    expect(raw.memory).toBeNull();
    expect(raw.chaos.map(({ seed }) => seed)).toEqual([2, 1]);
    expect(raw.files).toEqual(['engine-1.json', 'chaos-2.json', 'chaos-1.json']);
  });

  it('that are not as they should be are named', async () => {
    await write('memory-1.json', { kind: 'memory' });
    await expect(readResults(folder)).rejects.toThrow('memory-1.json');
  });

  it('are copied, and what was there before goes; without results the copies stay', async () => {
    const kept = join(folder, 'kept');
    await write('engine-1.json', sampleResults('engine', [one]));
    await write('engine-2.json', sampleResults('engine', [one, two]));
    await takeResults(folder, kept);
    expect(await readdir(kept)).toEqual(['engine-2.json']);
    await takeResults(join(folder, 'nowhere'), kept);
    expect(await readdir(kept)).toEqual(['engine-2.json']);
  });
});
