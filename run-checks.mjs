// All checks that need no server, a few at a time: `npm run check`. Each one that fails says what to do.
import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

const MODULES = join(import.meta.dirname, 'node_modules');

/** Files that did not change since they passed are not read again; a fresh clone reads them all. */
const LINT_CACHE = [
  '--cache',
  '--cache-strategy',
  'content',
  '--cache-location',
  'node_modules/.cache/eslint/',
];

/** Longest first, so that two lanes end at about the same time. */
const CHECKS = [
  {
    name: 'lint',
    args: ['eslint/bin/eslint.js', '--max-warnings', '0', ...LINT_CACHE, '.'],
    advice: 'Please mend the lines above; many of them by "npx eslint --fix .".',
  },
  {
    name: 'types',
    args: ['typescript/bin/tsc', '-p', 'tsconfig.json'],
    advice: 'Please mend the type errors above.',
  },
  {
    name: 'web types',
    args: ['typescript/bin/tsc', '-p', 'web/tsconfig.json'],
    advice: 'Please mend the type errors above. A text that is missing is a key of web/messages/en.json.',
  },
  {
    name: 'workflow types',
    args: ['typescript/bin/tsc', '-p', 'workflows/tsconfig.json'],
    advice: 'Workflow code may use nothing but the language: no Node, no clock, no network.',
  },
  {
    name: 'unused code',
    args: ['knip/bin/knip.js', '--no-progress', '--cache'],
    advice: 'Please remove what nobody uses, or make it used.',
  },
  {
    name: 'dependency directions',
    args: ['dependency-cruiser/bin/dependency-cruise.mjs', '--config', '.dependency-cruiser.cjs', '.'],
    advice: 'Please import in the direction that the named rule of .dependency-cruiser.cjs allows.',
  },
  {
    name: 'format',
    args: ['prettier/bin/prettier.cjs', '--check', '--cache', '.'],
    advice: 'Please run "npm run format".',
  },
  {
    name: 'pure tests',
    args: ['jest/bin/jest.js', '--selectProjects', 'pure', '--silent'],
    advice: 'Please look at the failures above; one file runs with "npm test -- <part of its path>".',
  },
];

/**
 * Runs the checks and prints a line for each. `without` names those to leave out. Resolves with how many passed and
 * failed.
 */
export async function runChecks(without = []) {
  const waiting = CHECKS.filter(({ name }) => !without.includes(name));
  const count = { passed: 0, failed: 0 };
  const lane = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const startedAt = Date.now();
      const { failure } = await run(check.args);
      const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
      count[failure === null ? 'passed' : 'failed'] += 1;
      console.log(`${failure === null ? '✓' : '✗'} ${check.name} (${seconds} s)`);
      if (failure !== null) console.log(`${failure.trim()}\n→ ${check.advice}\n`);
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, lane));
  return count;
}

function run([script, ...args]) {
  const env = {
    ...process.env,
    NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
  };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(MODULES, script), ...args],
      { env, cwd: import.meta.dirname, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => resolve({ failure: error ? `${stdout}${stderr}` : null }),
    );
  });
}

if (import.meta.main) {
  const { failed } = await runChecks();
  if (failed > 0) process.exitCode = 1;
}
