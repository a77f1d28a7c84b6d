import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openPlatform, type TestPlatform } from '../../workers/testing/platform.ts';
import { canOpenTerminals, openCommandLine, type CommandLine } from './testing.ts';

let platform: TestPlatform;
let cli: CommandLine;
beforeAll(async () => {
  platform = await openPlatform();
  cli = openCommandLine(platform);
  for (const name of ['Asked', 'Kept']) {
    const steps = [{ id: 'hello', kind: 'transform', with: { value: 1 } }];
    await cli.publish({ name, ...{ flow: 'v1', steps } });
  }
}, 90_000);
afterAll(async () => {
  await platform?.stop();
  cli?.close();
});

const isArchived = async (name: string) => {
  const { items } = await cli.json<{ items: { name: string }[] }>('workflows');
  return !items.some((one) => one.name === name);
};

/** A test of what a person at a terminal sees. Where none can be made it says so. */
function onTerminal(name: string, test: () => Promise<void>): void {
  it(
    name,
    async () => {
      if (canOpenTerminals()) return test();
      console.warn(`Not tried, since python3 cannot make pseudo terminals here: ${name}`);
    },
    60_000,
  );
}

describe('a person at a terminal', () => {
  onTerminal('is asked before a change, and "yes" makes it', async () => {
    const { sees, type, ended } = cli.onTerminal(['archive', 'Asked']);
    await sees('Take "Asked" out of use for good? [y/N] ');
    type('yes\r');
    expect(await ended).toMatchObject({ code: 0, out: expect.stringContaining('"Asked" is out of use.') });
    expect(await isArchived('Asked')).toBe(true);
  });

  onTerminal('changes nothing by Enter, by another answer, by Ctrl-C or by Ctrl-D', async () => {
    const endBy = async (keys: string) => {
      const { sees, type, ended } = cli.onTerminal(['archive', 'Kept']);
      await sees('[y/N] ');
      type(keys);
      const { code, out } = await ended;
      expect(out).not.toContain('    at ');
      return code;
    };
    expect(await endBy('\r')).toBe(1);
    expect(await endBy('yesterday\r')).toBe(1);
    expect(await endBy('\x03')).toBe(130);
    expect(await endBy('\x04')).not.toBe(0);
    expect(await isArchived('Kept')).toBe(false);
  });

  onTerminal('is asked for the key, which is never on the screen', async () => {
    const words = ['login', '--url', platform.apiUrl, '--profile', 'asked'];
    const { sees, type, ended } = cli.onTerminal(words);
    await sees('API key (it is not shown): ');
    const key = platform.tokens.finance;
    type(`${key}\r`);
    const { code, out } = await ended;
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('(profile asked)') });
    expect(out).not.toContain(key);
    expect(out).not.toContain(key.slice(-12));
    expect(readFileSync(cli.file('config/levqor/config.json'), 'utf8')).toContain(key);
  });
});
