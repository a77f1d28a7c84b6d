// `node bootstrap.mjs run workers/local/demo/record-runs.ts`, beside a platform of `npm start`: starts runs of the demo and
// of RECORDED_FLOWS, decides what they ask for, and writes what happened into web/src/features/canvas/recording.json, which the
// public pages play.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { format } from 'prettier';
import { askAs, type Ask } from '../graphql.ts';
import { LOCAL_FILE, readJson, ROOT } from '../home.ts';
import type { DemoRole } from '../seed-demo.ts';
import { isOver, type OpenApproval } from './demo-run.ts';
import { keepWorkflow } from './prepare-demo.ts';
import { RECORDED_FLOWS } from './recorded-flows.ts';
import { recordingOf, type RecordedRun } from './recording.ts';
import { readProof } from './record-proof.ts';

const FOLDER = join(ROOT, 'web', 'src', 'features', 'canvas');
const ROUNDS = 16;
/** Milliseconds between two starts, and from a request to a decision. */
const PACE = 950;
const THINKING = 2_500;
const END_LIMIT = 120_000;

type People = Record<DemoRole, Ask>;

async function main(): Promise<void> {
  const local = await readJson<{ apiUrl: string; keys: Record<DemoRole, string> }>(LOCAL_FILE);
  if (local === null) throw new Error('Start the platform first: npm start');
  const ask = Object.fromEntries(
    Object.entries(local.keys).map(([role, key]) => [role, askAs(local.apiUrl, key)]),
  ) as People;
  const ids = await workflowsToRecord(ask);
  const since = new Date().toISOString();
  const deciding = new AbortController();
  const decided = decideAll(ask, since, deciding.signal);
  await startAll(ask.operator, ids);
  await allOver(ask.operator, since);
  deciding.abort();
  await decided;
  const runs = await readRuns(ask.operator, since);
  const recording = recordingOf(runs, new Date(since));
  await write('recording.json', recording);
  await write('recorded-proof.json', await readProof(ask, runs));
  process.stdout.write(`${runs.length} runs are recorded in ${FOLDER}\n`);
}

async function write(name: string, value: object): Promise<void> {
  const text = await format(JSON.stringify(value), { parser: 'json', printWidth: 110 });
  await writeFile(join(FOLDER, name), text);
}

/** The ids of the workflows by their names. */
async function workflowsToRecord(ask: People): Promise<Record<string, string>> {
  const made: Record<string, string> = {};
  for (const flow of RECORDED_FLOWS) made[flow.name] = (await keepWorkflow(ask.owner, flow)).workflowId;
  const { workflows } = await ask.owner<{ workflows: { edges: { node: { id: string } }[] } }>(
    '{ workflows(first: 1, filter: { search: "Overdue invoices" }) { edges { node { id } } } }',
  );
  const [demo] = workflows.edges;
  if (demo === undefined) throw new Error('The workflow of the demo is not there.');
  return { ...made, 'Overdue invoices': demo.node.id };
}

async function startAll(ask: Ask, ids: Record<string, string>): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [name, workflowId] of Object.entries(ids)) {
      // The demo's own runs are large; few of them tell enough.
      if (name === 'Overdue invoices' && round % 4 !== 1) continue;
      await ask('mutation ($input: StartRunInput!) { startRun(input: $input) { id } }', {
        input: { workflowId, input: inputOf(name, round) },
      });
      await pause(PACE);
    }
}

function inputOf(name: string, round: number) {
  if (name === 'Refund') return { amount: 40 + round * 55 };
  if (name === 'Stock count') return { broken: round % 5 === 2 };
  return name === 'Overdue invoices' ? { graceDays: 250 + round * 4 } : {};
}

/** Decides as the demo's approvers do, some time after they were asked; each eleventh request is denied. */
async function decideAll(ask: People, since: string, signal: AbortSignal): Promise<void> {
  let count = 0;
  const seen = new Map<string, number>();
  const isDue = (name: string): boolean => {
    const asked = seen.get(name) ?? Date.now();
    seen.set(name, asked);
    return Date.now() - asked >= THINKING + (asked % 5) * 1_500;
  };
  const decideAs = async (role: 'finance' | 'security'): Promise<void> => {
    for (const approval of await waiting(ask[role], since)) {
      if (!isDue(`${role} ${approval.id}`)) continue;
      count += 1;
      await decide(ask[role], approval, count % 11 === 0 ? 'DENY' : 'APPROVE');
    }
  };
  while (!signal.aborted) {
    await decideAs('finance');
    await decideAs('security');
    await pause(400, undefined, { signal }).catch(() => undefined);
  }
}

async function waiting(ask: Ask, since: string): Promise<OpenApproval[]> {
  const { approvals } = await ask<{
    approvals: { edges: { node: OpenApproval & { requestedAt: string } }[] };
  }>(
    '{ approvals(first: 50, filter: { waitingForMe: true }) { edges { node { id planHash requestedAt } } } }',
  );
  return approvals.edges.map(({ node }) => node).filter(({ requestedAt }) => requestedAt >= since);
}

async function decide(ask: Ask, { id, planHash }: OpenApproval, decision: string): Promise<void> {
  const input = { approvalId: id, decision, planHash, reason: 'Decided while runs are recorded' };
  // Somebody else may have been quicker, or a denial ended it.
  await ask('mutation ($input: DecideApprovalInput!) { decideApproval(input: $input) { id } }', {
    input,
  }).catch(() => undefined);
}

async function allOver(ask: Ask, since: string): Promise<void> {
  const end = Date.now() + END_LIMIT;
  while (Date.now() < end) {
    const { runs } = await ask<{ runs: { edges: { node: { status: string } }[] } }>(
      'query ($since: DateTime!) { runs(first: 100, filter: { startedAfter: $since }) { edges { node { status } } } }',
      { since },
    );
    if (runs.edges.every(({ node }) => isOver(node))) return;
    await pause(1_000);
  }
}

async function readRuns(ask: Ask, since: string): Promise<RecordedRun[]> {
  const { runs } = await ask<{ runs: { edges: { node: RecordedRun }[] } }>(
    `query ($since: DateTime!) { runs(first: 100, filter: { startedAfter: $since }) { edges { node {
       id status createdAt finishedAt workflow { name }
       steps { path kind status startedAt finishedAt } } } } }`,
    { since },
  );
  return runs.edges.map(({ node }) => node);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
