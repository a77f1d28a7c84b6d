import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { describe, expect, it } from '@jest/globals';
import { ROOT } from './home.ts';

/** Makes much garbage, then does the little that a waiting server does, and tells its size in bytes. */
const WASTE = `
  const kept = [];
  for (let round = 0; round < 30; round += 1) {
    kept.push(Array.from({ length: 200_000 }, (_, i) => ({ i, text: 'x' + i })));
    if (kept.length > 4) kept.shift();
  }
  kept.length = 0;
  setInterval(() => JSON.parse(JSON.stringify(process.versions)), 20);
  setInterval(() => console.log(process.memoryUsage.rss()), 250);
`;

describe('a process of the local platform', () => {
  it('gives back what it no longer needs once it is calm', async () => {
    const child = spawn(process.execPath, ['--import', './give-back-memory.mjs', '-e', WASTE], { cwd: ROOT });
    try {
      let greatest = 0;
      let least = Number.POSITIVE_INFINITY;
      for await (const line of createInterface({ input: child.stdout })) {
        greatest = Math.max(greatest, Number(line));
        least = Number(line);
        if (least < greatest / 2) break;
      }
      expect(greatest).toBeGreaterThan(200_000_000);
      expect(least).toBeLessThan(greatest / 2);
    } finally {
      child.kill();
    }
  }, 60_000);
});
