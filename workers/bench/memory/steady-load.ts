import { askApi, type Ask } from '../../testing/graphql.ts';
import { openHookCaller, publishHook } from '../hooks.ts';
import { openLoop, type LoadResult } from '../load.ts';
import { MIXED_ANSWER, MIXED_INPUT, mixedSteps } from '../mixed-flow.ts';

const CONNECTIONS = 50;

/** A load of mixed runs at a steady pace. */
export interface SteadyLoad {
  apiUrl: string;
  /** The API key of the organisation's owner. */
  token: string;
  /** The server that the flow's effects call. */
  webUrl: string;
  /** Runs a second. */
  rate: number;
  seconds: number;
}

/** Starts mixed runs through a webhook at a steady pace, and waits until the last was answered. */
export async function steadyLoad({ apiUrl, token, webUrl, rate, seconds }: SteadyLoad): Promise<LoadResult> {
  const owner: Ask = (query, variables) =>
    askApi({ apiUrl, token, onAnswer: () => undefined }, query, variables);
  const url = await publishHook(owner, 'Steady load', mixedSteps(webUrl));
  const caller = openHookCaller(url, CONNECTIONS);
  const expected = { status: 200, text: MIXED_ANSWER };
  const load = await openLoop(rate, seconds, () => caller.call(JSON.stringify(MIXED_INPUT), expected));
  await caller.close();
  return load;
}
