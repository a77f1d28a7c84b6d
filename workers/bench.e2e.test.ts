import { describe, expect, it } from '@jest/globals';
import { benchEngine } from './bench/bench-engine.ts';
import { FIGURES } from './bench/figures/index.ts';
import { resultsSchema } from './bench/model.ts';

describe('the bench of the engine, with so little work that its times mean nothing', () => {
  it('gives every figure beside its baseline, and nothing fails', async () => {
    const told: string[] = [];
    const results = await benchEngine({
      ...{ figures: FIGURES, rounds: 1, size: 'tiny', command: 'npm run bench -- engine' },
      say: (line) => told.push(line),
    });
    expect(resultsSchema.parse(results)).toEqual(results);
    expect(results.figures.map(({ name }) => name)).toEqual(FIGURES.map(({ name }) => name));
    for (const { name, failures, verdicts, series } of results.figures) {
      expect({ name, failures }).toEqual({ name, failures: 0 });
      const definition = FIGURES.find((figure) => figure.name === name);
      expect(verdicts.map(({ of }) => of)).toEqual(definition?.bars.map(({ of }) => of));
      const labels = series.map(({ label }) => label);
      for (const label of definition?.picture.labels ?? []) expect(labels).toContain(label);
      expect(series.flatMap(({ rounds }) => rounds).filter((value) => !Number.isFinite(value))).toEqual([]);
      expect(told.some((line) => line.startsWith(`  ${name}: `))).toBe(true);
    }
  }, 180_000);
});
