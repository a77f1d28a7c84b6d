import { graphql, openClient, type Client } from '../../api/client/index.ts';
import { startRun } from '../testing/flows.ts';
import type { Stage } from './stage.ts';

/** How long one piece of work took, in milliseconds. */
export interface Times {
  /** From taken to finished: of a run its row's createdAt to finishedAt, of the baseline the answered start to the result. */
  taken: number;
  /** From sending the start to seeing the end, as the client has it. */
  seen: number;
}

const NEWS = graphql('subscription ($runId: ID!) { runEvents(runId: $runId) { run { status output } } }');
const ROW = 'query ($id: ID!) { run(id: $id) { status createdAt finishedAt } }';
const OVER = ['SUCCEEDED', 'FAILED', 'CANCELLED', 'TIMED_OUT'];

/** Times single runs as a client of the API has them: by a mutation, and by a subscription on a socket that is open. */
export interface RunTimer {
  /** Runs a workflow alone. Throws unless it succeeds with this output. */
  time(workflowId: string, output: unknown): Promise<Times & { runId: string }>;
  close(): Promise<void>;
}

/** Makes the timer; an operator's key is used. */
export function openRunTimer({ platform }: Stage): RunTimer {
  const client = openClient({ url: platform.apiUrl, key: platform.tokens.operator });
  return {
    time: async (workflowId, output) => {
      const sentAt = performance.now();
      const runId = await startRun(platform.ask('operator'), workflowId);
      const end = await endOf(client, runId);
      const seen = performance.now() - sentAt;
      if (end.status !== 'SUCCEEDED' || JSON.stringify(end.output) !== JSON.stringify(output))
        throw new Error(`Run ${runId} ended as ${JSON.stringify(end)}`);
      const { run } = await platform.ask('viewer')<{ run: { createdAt: string; finishedAt: string } }>(ROW, {
        id: runId,
      });
      return { runId, seen, taken: Date.parse(run.finishedAt) - Date.parse(run.createdAt) };
    },
    close: () => client.close(),
  };
}

async function endOf(client: Client, runId: string) {
  for await (const { runEvents } of client.subscribe(NEWS, { runId }))
    if (OVER.includes(runEvents.run.status)) return runEvents.run;
  throw new Error(`The news of run ${runId} ended before the run did`);
}

/** Times a workflow of the baseline in the same way, from its start by `begin`. Throws unless it gives this result. */
export async function timeHandWritten(
  begin: () => Promise<{ workflowId: string; result(): Promise<unknown> }>,
  result: unknown,
): Promise<Times & { workflowId: string }> {
  const sentAt = performance.now();
  const handle = await begin();
  const takenAt = performance.now();
  const given = await handle.result();
  const now = performance.now();
  if (JSON.stringify(given) !== JSON.stringify(result))
    throw new Error(`The baseline gave ${JSON.stringify(given)}`);
  return { workflowId: handle.workflowId, taken: now - takenAt, seen: now - sentAt };
}
