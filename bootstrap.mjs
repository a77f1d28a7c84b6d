// Runs a command of this project on a machine that may have nothing but Node 20 and npm: brings node_modules,
// Node 24 and the generated files up to date, then hands over. Plain JavaScript without any package on purpose.
// usage: node bootstrap.mjs start|test|check|generate|format|run [arguments]
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';

const ROOT = import.meta.dirname ?? new URL('.', import.meta.url).pathname;
const MODULES = join(ROOT, 'node_modules');
const HOOK = ['--import', './ts-hook.mjs'];
/** How often it is seen whether npm is still there, in milliseconds. */
const PARENT_LOOK_MS = 1_000;

/** What is run for each command, on Node 24, with the user's arguments behind it. */
const COMMANDS = {
  start: ['--env-file-if-exists=.env', ...HOOK, 'workers/local/start.ts'],
  test: ['run-tests.mjs'],
  check: ['run-checks.mjs'],
  generate: [...HOOK, 'api/emit-schema.ts'],
  format: ['node_modules/prettier/bin/prettier.cjs', '--write', '--log-level', 'warn', '.'],
  run: HOOK,
};

const [command, ...rest] = process.argv.slice(2);
try {
  requireNode(20);
  if (!Object.hasOwn(COMMANDS, command ?? '')) fail(`Use one of: ${Object.keys(COMMANDS).join(', ')}.`);
  process.chdir(ROOT);
  installPackages();
  const node = findNode24();
  // npm links the programs of packages, but not the one of this project.
  linkProgram('levqor', join('..', '..', 'levqor.mjs'));
  generate(node);
  handOver(node, [...COMMANDS[command], ...rest]);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

function requireNode(major) {
  if (majorOf(process.versions.node) < major)
    fail(
      `This needs Node ${major} or newer, and this is ${process.versions.node}. Please update: nodejs.org`,
    );
}

/** Installs when the lockfile asks for other packages than those that are there; needs no network otherwise. */
function installPackages() {
  if (isInstalled()) return;
  say('Installing packages (about a minute the first time)');
  // Install scripts stay off (.npmrc): none is needed but Node's own, which follows.
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    stdio: 'inherit',
  });
  if (status !== 0)
    fail('The packages could not be installed. Please look at the lines above and try again.');
}

function isInstalled() {
  const installed = readJson(join(MODULES, '.package-lock.json'))?.packages;
  if (!installed) return false;
  const wanted = Object.entries(readJson(join(ROOT, 'package-lock.json')).packages);
  return wanted.every(
    ([path, entry]) =>
      path === '' ||
      installed[path]?.version === entry.version ||
      (entry.optional === true && installed[path] === undefined),
  );
}

/** The path of a Node 24: this one, or the one that the package `node` brings. */
function findNode24() {
  // Under npm this may be the project's own one, which an installation has just taken away.
  const isThere = existsSync(process.execPath);
  if (majorOf(process.versions.node) >= 24 && isThere) return process.execPath;
  const own = join(MODULES, 'node', 'bin', 'node');
  if (!works(own)) {
    say('Fetching Node 24 for this project');
    spawnSync(isThere ? process.execPath : 'node', ['installArchSpecificPackage.js'], {
      cwd: join(MODULES, 'node'),
      stdio: 'ignore',
    });
  }
  if (!works(own)) fail('Node 24 could not be fetched. Please install Node 24 (nodejs.org) and start again.');
  // npm links a program only if it is there when the package is unpacked; scripts and people look for it here.
  linkProgram('node', join('..', 'node', 'bin', 'node'));
  return own;
}

/** Makes a program known to npx and to scripts by a link in `node_modules/.bin`. */
function linkProgram(name, target) {
  const link = join(MODULES, '.bin', name);
  if (!existsSync(link)) symlinkSync(target, link);
}

function works(node) {
  return spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout?.startsWith('v24.') === true;
}

/** Writes the code that is made from other files, when those have changed. */
function generate(node) {
  generateDatabaseClient(node);
  runGenerator(node, ['workflows/expressions/generate-jsonata.mjs']);
  runGenerator(node, ['api/client/generate-types.mjs']);
}

function generateDatabaseClient(node) {
  const models = readdirSync('prisma/models').map((name) => `prisma/models/${name}`);
  const hash = createHash('sha256');
  for (const file of ['prisma/schema.prisma', ...models.sort(), 'node_modules/prisma/package.json'])
    hash.update(readFileSync(file));
  const inputs = hash.digest('hex');
  const stamp = join(MODULES, '.cache', 'levqor', 'prisma-inputs');
  const isFresh = existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs;
  if (isFresh && existsSync('prisma/generated/client.ts')) return;
  say('Generating the database client');
  // Prisma downloads its engine unless one is named. Generating never runs it, so any program will do.
  runGenerator(node, ['node_modules/prisma/build/index.js', 'generate'], {
    PRISMA_SCHEMA_ENGINE_BINARY: node,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  });
  mkdirSync(join(MODULES, '.cache', 'levqor'), { recursive: true });
  writeFileSync(stamp, inputs);
}

function runGenerator(node, args, variables = {}) {
  const { status, stdout, stderr } = spawnSync(node, args, {
    env: { ...process.env, ...variables },
    encoding: 'utf8',
  });
  if (status !== 0) fail(`${args.join(' ')} failed:\n${stdout}${stderr}`);
}

/** Becomes the command: its signals, its end. */
function handOver(node, args) {
  const path = [join(MODULES, '.bin'), process.env.PATH ?? ''].join(delimiter);
  const child = spawn(node, args, { stdio: 'inherit', env: { ...process.env, PATH: path } });
  let isTold = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => {
      // Ctrl-C in a terminal reaches the child by itself.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) isTold = child.kill(signal);
    });
  // npm passes a signal to its shell only, which ends without a word to us.
  if (process.env.npm_lifecycle_event !== undefined) whenParentEnds(() => isTold || child.kill('SIGTERM'));
  child.on('error', (error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}

function whenParentEnds(act) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    act();
  }, PARENT_LOOK_MS).unref();
}

function majorOf(version) {
  return Number(version.split('.')[0]);
}

function readJson(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

function say(line) {
  console.log(`· ${line}`);
}

function fail(message) {
  throw new Error(message);
}
