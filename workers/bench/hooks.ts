import { Pool } from 'undici';
import { publish } from '../testing/flows.ts';
import type { Ask } from '../testing/graphql.ts';

/** Calls one webhook again and again on connections that stay open. */
export interface HookCaller {
  /** Throws unless the answer has this status and this text. */
  call(body: string, expected: { status: number; text: string }): Promise<void>;
  close(): Promise<void>;
}

/** Publishes a workflow with a webhook trigger, as its owner; gives the address to call. */
export async function publishHook(owner: Ask, name: string, steps: object[]): Promise<string> {
  const flow = { triggers: [{ kind: 'webhook', input: '{{ body }}', waitSeconds: 30 }], steps };
  const id = await publish(owner, name, flow);
  const { workflow } = await owner<{ workflow: { webhookUrl: string } }>(
    'query ($id: ID!) { workflow(id: $id) { webhookUrl } }',
    { id },
  );
  return workflow.webhookUrl;
}

/** Opens up to so many connections to the webhook. */
export function openHookCaller(url: string, connections: number): HookCaller {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections, pipelining: 1 });
  return {
    call: async (body, expected) => {
      const answer = await pool.request({
        ...{ path: pathname, method: 'POST', body },
        headers: { 'content-type': 'application/json' },
      });
      const text = await answer.body.text();
      if (answer.statusCode !== expected.status || text !== expected.text)
        throw new Error(`The webhook answered ${answer.statusCode}: ${text.slice(0, 200)}`);
    },
    close: () => pool.close(),
  };
}
