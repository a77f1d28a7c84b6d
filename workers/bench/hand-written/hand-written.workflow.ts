import { proxyActivities } from '@temporalio/workflow';
import type { handWrittenActivities } from './activities.ts';

/**
 * The baseline: the benches' work written by hand, as one would without this platform. No interpreter, no database,
 * no codec.
 */
const { call, nothing } = proxyActivities<typeof handWrittenActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { maximumAttempts: 3 },
});

/** What the flow of the figure `hook` answers. */
export async function greet(name: string): Promise<{ greeting: string }> {
  return { greeting: `Hello ${name}` };
}

/** So many steps that each compute fib(10). */
export async function pureSteps(steps: number): Promise<number> {
  let last = 0;
  for (let step = 0; step < steps; step++) last = fib(10);
  return last;
}

function fib(n: number): number {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

/** So many steps, one after the other, that each call the address; without one they do nothing at all. */
export async function effectSteps(steps: number, url: string | null): Promise<number> {
  for (let step = 0; step < steps; step++) await (url === null ? nothing() : call(url));
  return steps;
}
