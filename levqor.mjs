#!/usr/bin/env node
// The command line of Levqor: `npx levqor` in this folder. Plain JavaScript that Node 20 can read; the commands run
// on Node 24, this one or the one that the package `node` brings.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = dirname(fileURLToPath(import.meta.url));
const HOOK = pathToFileURL(join(ROOT, 'ts-hook.mjs')).href;
const MAIN = join(ROOT, 'api', 'cli', 'main.ts');

if (!existsSync(join(ROOT, 'node_modules', 'commander')))
  fail('The packages of Levqor are not installed yet. Run "npm ci" in its folder first.');
else if (Number(process.versions.node.split('.')[0]) >= 24) {
  await import(HOOK);
  await import(pathToFileURL(MAIN).href);
} else handOver(join(ROOT, 'node_modules', 'node', 'bin', 'node'));

/** Becomes the command on another Node: its signals, its end. */
function handOver(node) {
  if (!existsSync(node)) {
    fail('Node 24 is not there yet. Run "node bootstrap.mjs generate" in the folder of Levqor first.');
    return;
  }
  const child = spawn(node, ['--import', HOOK, MAIN, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => {
      // Ctrl-C in a terminal reaches the child by itself.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  child.on('error', (error) => fail(error.message));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}

function fail(message) {
  console.error(message);
  process.exitCode = 1;
}
