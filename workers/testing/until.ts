import { setTimeout as pause } from 'node:timers/promises';

const LOOK_MS = 50;

/** Asks again and again until there is an answer other than null, undefined and false; throws after `limitMs`. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  limitMs = 30_000,
): Promise<T> {
  const end = Date.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== undefined && answer !== false) return answer;
    if (Date.now() > end) throw new Error(`Waited ${limitMs / 1000} s in vain for ${what}`);
    await pause(LOOK_MS);
  }
}
