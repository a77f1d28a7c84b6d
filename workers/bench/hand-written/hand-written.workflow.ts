import { condition, defineSignal, proxyActivities, setHandler } from '@temporalio/workflow';
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

/** A chain of so many steps that each add one. */
export async function countSteps(steps: number): Promise<number> {
  let count = 0;
  for (let step = 0; step < steps; step++) count += 1;
  return count;
}

/** What the flow of the figure `mixed-25` does. */
export async function mixedFlow(url: string, input: { customer: string; lines: { n: number }[] }) {
  const sum = input.lines.reduce((total, { n }) => total + n, 0);
  const stock = await call(`${url}/stock`);
  const total = sum > 100 ? sum : sum * 2;
  const price = await call(`${url}/price`);
  const parcels = input.lines.map(({ n }) => n * 2);
  const book = await call(`${url}/book`);
  return { calls: stock.status + price.status + book.status, total, parcels, customer: input.customer };
}

const approved = defineSignal('approved');

/** Waits until somebody says yes. */
export async function waitForYes(): Promise<string> {
  let yes = false;
  setHandler(approved, () => void (yes = true));
  await condition(() => yes);
  return 'went on';
}
