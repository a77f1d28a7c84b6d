// `npm test`: the checks, then every test, of those in a browser the core; `npm test -- <jest arguments>` runs a part.
// The last line counts all.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runChecks } from './run-checks.mjs';

const ROOT = import.meta.dirname;
/** All tests take a few minutes; a run that hangs must still come to an end, with what it needs to be found. */
const LIMIT_MINUTES = 30;
/** Tests in a browser that stand for the others: signing in, the story of the demo, headers and sizes. */
const BROWSER_CORE = ['security', 'sign-in', 'size', 'story'];
/** What `workers/testing/run-web-tests.ts` ends with where there is no browser. */
const NO_BROWSER = 69;
const total = { passed: 0, failed: 0, skipped: 0 };

const part = process.argv.slice(2);
if (part.length > 0) await runJest(part);
else {
  add(await runChecks(['pure tests']));
  await runJest(['--selectProjects', 'pure', 'db', 'workflow', 'api']);
  // These kill processes and watch the clock, so each has the machine for itself.
  await runJest(['--selectProjects', 'e2e', '--runInBand', '--passWithNoTests']);
  await runBrowserTests();
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
  const { code, results } = await withResults((file) => jest([...args, '--json', '--outputFile', file]));
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

/** Runs the core of the tests in a browser and adds up. Where there is no browser one line says so, and none fails. */
async function runBrowserTests() {
  const { code, results } = await withResults((file) => browserTests(file));
  if (code === NO_BROWSER) return;
  const { expected = 0, flaky = 0, unexpected = 0, skipped = 0 } = results?.stats ?? {};
  add({ passed: expected + flaky, failed: unexpected, skipped });
  if (code !== 0 && unexpected === 0) add({ failed: 1 });
}

/** Hands a file to what runs tests, which writes its results there. */
async function withResults(run) {
  const folder = mkdtempSync(join(tmpdir(), 'levqor-results-'));
  const file = join(folder, 'results.json');
  const code = await run(file);
  const results = readResults(file);
  rmSync(folder, { recursive: true });
  return { code, results };
}

function readResults(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

function jest(args) {
  const threads = pathToFileURL(join(ROOT, 'workflow-threads.mjs'));
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', `--import=${threads}`];
  const program = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
  // With --json jest prints the results to standard output unless they go to a file; its report is on the other.
  const stdio = ['inherit', 'ignore', 'inherit'];
  return endOf([program, ...args], { stdio, env: { NODE_OPTIONS: flags.join(' ') }, signal: 'SIGKILL' });
}

function browserTests(file) {
  const files = BROWSER_CORE.map((name) => `/${name}.spec.ts`);
  const args = ['--import', './ts-hook.mjs', 'workers/testing/run-web-tests.ts', '--reporter=list,json'];
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: file };
  // It ends the platform before itself.
  return endOf([...args, ...files], { stdio: 'inherit', env, signal: 'SIGTERM' });
}

/** Runs a program on this Node and gives its exit code. After the limit it is sent the signal. */
function endOf(args, { stdio, env, signal }) {
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio, env: { ...process.env, ...env } });
  const limit = setTimeout(() => {
    console.error(`The tests did not end within ${LIMIT_MINUTES} minutes and were ended.`);
    child.kill(signal);
  }, LIMIT_MINUTES * 60_000);
  return new Promise((resolve) => child.on('close', resolve)).finally(() => clearTimeout(limit));
}
