// Gives back to the machine what a process of the local platform holds and no longer needs. V8 does so by itself only where
// nothing at all happens: a server that is calm, but asks its queues and clocks now and then, keeps several times what it
// uses for as long as it runs.
import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Milliseconds between two looks. */
const EVERY = 10_000;
/** A process is calm when it worked for less than this share of the time. */
const CALM = 0.05;
/** Less growth than this is not worth the pause, in bytes. */
const WORTH = 16_000_000;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
let held = 0;
let before = performance.eventLoopUtilization();

setInterval(() => {
  const now = performance.eventLoopUtilization();
  const { utilization } = performance.eventLoopUtilization(now, before);
  before = now;
  if (utilization > CALM || process.memoryUsage.rss() < held + WORTH) return;
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  held = process.memoryUsage.rss();
}, EVERY).unref();
