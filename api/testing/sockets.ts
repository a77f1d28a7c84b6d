import { setTimeout as wait } from 'node:timers/promises';
import { createClient, type Client } from 'graphql-ws';
import { WebSocket, type RawData } from 'ws';
import { createEgress } from '../../activities/egress/index.ts';
import { createLogger } from '../../activities/log.ts';
import { runActivities, startRun } from '../../activities/runs/index.ts';
import { stepEvent } from '../../activities/runs/testing.ts';
import type { StepEvent } from '../../workflows/runs/model.ts';
import { fromGlobalId, toGlobalId } from '../global-id.ts';
import type { World } from './world.ts';
import type { TestApi } from './api.ts';

export const RUN_EVENTS = `subscription ($runId: ID!, $after: Int) { runEvents(runId: $runId, after: $after) {
  run { id status output } event { sequence kind path } } }`;
export const APPROVAL_EVENTS =
  'subscription { approvalEvents { id status canDecide decisions { decision } } }';

const opened: { dispose?: () => unknown; terminate?: () => void }[] = [];

/** Ends every socket that a test opened. */
export function endSockets(): void {
  for (const one of opened.splice(0)) (one.dispose ?? one.terminate)?.call(one);
}

interface Closed {
  code: number;
  reason: string;
}

/** A client of the library that browsers use, with this key. `closed` says how its socket ended. */
export function clientOf(api: TestApi, key: string | null): { client: Client; closed: Promise<Closed> } {
  let resolve: (how: Closed) => void;
  const closed = new Promise<Closed>((settle) => (resolve = settle));
  const client = createClient({
    url: addressOf(api),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: key === null ? {} : { authorization: `Bearer ${key}` },
    on: { closed: (event) => resolve(event as Closed) },
  });
  opened.push(client);
  return { client, closed };
}

/** Where sockets connect. */
export function addressOf({ url }: TestApi): string {
  return `${url.replace('http', 'ws')}/graphql`;
}

/** A subscription whose items are kept. `until` waits until something holds. */
export function follow(client: Client, query: string, variables: Record<string, unknown> = {}) {
  const items: Record<string, unknown>[] = [];
  const outcome: { error?: unknown; complete?: true } = {};
  const stop = client.subscribe(
    { query, variables },
    {
      next: (item) => items.push(item as Record<string, unknown>),
      error: (error) => (outcome.error = error),
      complete: () => (outcome.complete = true),
    },
  );
  return { items, outcome, stop, until: (check: () => boolean) => until(check, { items, outcome }) };
}

async function until(check: () => boolean, came: unknown): Promise<void> {
  for (let i = 0; !check(); i += 1) {
    if (i > 250) throw new Error(`Waited in vain. Came: ${JSON.stringify(came)}`);
    await wait(20);
  }
}

/** A socket without a client, to speak the protocol badly. Keeps what it receives, and how it is closed. */
export async function rawSocket(
  api: TestApi,
  protocol: string | string[] = 'graphql-transport-ws',
  headers: Record<string, string> = {},
) {
  const socket = new WebSocket(addressOf(api), protocol, { headers });
  opened.push(socket);
  const received: Record<string, unknown>[] = [];
  socket.on('message', (data: RawData) =>
    received.push(JSON.parse((data as Buffer).toString('utf8')) as Record<string, unknown>),
  );
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const send = (message: unknown) =>
    socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  const find = (type: string) => received.find((message) => message['type'] === type);
  return {
    ...{ received, closed, send },
    init: (key: string) => send({ type: 'connection_init', payload: { authorization: `Bearer ${key}` } }),
    until: async (type: string) => {
      await until(() => find(type) !== undefined, received);
      return find(type);
    },
  };
}

/** Why a socket could not even be opened. */
export async function failureOf(address: string, protocol: string): Promise<string> {
  const socket = new WebSocket(address, protocol);
  opened.push(socket);
  return new Promise((resolve) => socket.once('error', (error) => resolve(error.message)));
}

/** A QUEUED run, and what a worker would write of it. */
export async function newRun(api: TestApi, { tenant, ids }: World) {
  const { database, keyring } = api.house;
  const log = createLogger({ level: 'silent', pretty: false });
  const dispatcher = { dispatch: () => undefined };
  const worker = runActivities({ database, keyring, egress: createEgress({ allow: '' }), log, dispatcher });
  const workflowId = fromGlobalId('Workflow', ids.workflow, 'id');
  const { id: runId } = await startRun(tenant.as('owner'), { workflowId });
  const key = { tenantId: tenant.tenantId, runId };
  const end = { status: 'SUCCEEDED', output: { value: 7 }, error: null, response: null } as const;
  return {
    globalId: toGlobalId('Run', runId),
    open: () => worker.openRun(key),
    record: (...events: StepEvent[]) => worker.recordSteps({ ...key, events }),
    close: (...events: StepEvent[]) => worker.closeRun({ ...key, ...end, events }),
  };
}

/** A step event of a run, by its number. */
export function step(sequence: number, kind: StepEvent['kind'], path = 'a'): StepEvent {
  return stepEvent({ path, kind, sequence });
}
