// `npm test`: the checks, then every test; `npm test -- <jest arguments>` runs a part. The last line counts all.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runChecks } from './run-checks.mjs';

const ROOT = import.meta.dirname;
/** All tests take a few minutes; a run that hangs must still come to an end, with what it needs to be found. */
const LIMIT_MINUTES = 30;
const total = { passed: 0, failed: 0, skipped: 0 };

const part = process.argv.slice(2);
if (part.length > 0) await runJest(part);
else {
  add(await runChecks(['pure tests']));
  await runJest(['--selectProjects', 'pure', 'db', 'workflow', 'api']);
  // These kill processes and watch the clock, so each has the machine for itself.
  await runJest(['--selectProjects', 'e2e', '--runInBand', '--passWithNoTests']);
}
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 ? 1 : 0;

function add({ passed = 0, failed = 0, skipped = 0 }) {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
}

/** Runs jest and adds up what its result file says. A run or a file that broke off counts as one failure. */
async function runJest(args) {
  const folder = mkdtempSync(join(tmpdir(), 'levqor-results-'));
  const file = join(folder, 'results.json');
  const code = await endOf([...args, '--json', '--outputFile', file]);
  const results = readResults(file);
  rmSync(folder, { recursive: true });
  if (results) {
    add({
      passed: results.numPassedTests,
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: results.numPendingTests + results.numTodoTests,
    });
  }
  if (code !== 0 && !(results && (results.numFailedTests || results.numRuntimeErrorTestSuites)))
    add({ failed: 1 });
}

function readResults(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

function endOf(args) {
  const threads = pathToFileURL(join(ROOT, 'workflow-threads.mjs'));
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', `--import=${threads}`];
  const child = spawn(process.execPath, [join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js'), ...args], {
    cwd: ROOT,
    // With --json jest prints the results to standard output unless they go to a file; its report is on the other.
    stdio: ['inherit', 'ignore', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: flags.join(' ') },
  });
  const limit = setTimeout(() => {
    console.error(`The tests did not end within ${LIMIT_MINUTES} minutes and were ended.`);
    child.kill('SIGKILL');
  }, LIMIT_MINUTES * 60_000);
  return new Promise((resolve) => child.on('close', resolve)).finally(() => clearTimeout(limit));
}
