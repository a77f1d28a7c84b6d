import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { describe, expect, it } from '@jest/globals';
import { ROOT } from './home.ts';

/** Makes 320 MB of garbage, then does nothing but tell its size in bytes. */
const WASTE = `
  let waste = Array.from({ length: 40 }, (_, i) => new Array(1e6).fill(i));
  console.log(process.memoryUsage.rss());
  waste = null;
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
      expect(greatest).toBeGreaterThan(300_000_000);
      expect(least).toBeLessThan(greatest / 2);
    } finally {
      child.kill();
    }
  }, 60_000);
});
