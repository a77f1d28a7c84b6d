import type { Json } from '../../../workflows/json.ts';
import type { Ask } from '../graphql.ts';

/** A run as the terminal shows it. Times are ISO 8601. */
export interface ShownRun {
  id: string;
  status: string;
  output: Json;
  error: { code: string; message: string; path: string | null } | null;
  startedAt: string | null;
  finishedAt: string | null;
  steps: ShownStep[];
}

export interface ShownStep {
  path: string;
  stepId: string;
  kind: string;
  status: string;
  attempt: number;
  startedAt: string | null;
  finishedAt: string | null;
  waitingFor: string | null;
  error: { code: string; message: string } | null;
}

/** A request of the run that waits for people. */
export interface OpenApproval {
  id: string;
  title: string;
  class: string;
  planHash: string;
  missing: string | null;
  approvers: { roles: string[] };
}

const FINAL = new Set(['SUCCEEDED', 'FAILED', 'CANCELLED', 'TIMED_OUT']);

/** True when a run is over. */
export function isOver(run: Pick<ShownRun, 'status'>): boolean {
  return FINAL.has(run.status);
}

/** The newest run of the workflow that is not over, or null. */
export async function findOpenRun(ask: Ask, workflowId: string): Promise<string | null> {
  const { runs } = await ask<{ runs: { edges: { node: { id: string } }[] } }>(
    'query ($id: ID!) { runs(first: 1, filter: { workflowId: $id, status: [QUEUED, RUNNING, WAITING, PAUSED] }) { edges { node { id } } } }',
    { id: workflowId },
  );
  return runs.edges[0]?.node.id ?? null;
}

/** Starts the workflow's newest version. */
export async function startRun(ask: Ask, workflowId: string): Promise<string> {
  const { startRun: run } = await ask<{ startRun: { id: string } }>(
    'mutation ($input: StartRunInput!) { startRun(input: $input) { id } }',
    { input: { workflowId, input: {} } },
  );
  return run.id;
}

/** The run with all its steps. */
export async function readRun(ask: Ask, id: string): Promise<ShownRun> {
  const { run } = await ask<{ run: ShownRun }>(
    `query ($id: ID!) { run(id: $id) { id status output startedAt finishedAt error { code message path }
       steps { path stepId kind status attempt startedAt finishedAt waitingFor error { code message } } } }`,
    { id },
  );
  return run;
}

/** The run's requests that are not decided yet. */
export async function openApprovals(ask: Ask, runId: string): Promise<OpenApproval[]> {
  const { approvals } = await ask<{ approvals: { edges: { node: OpenApproval }[] } }>(
    `query ($runId: ID!) { approvals(first: 100, filter: { runId: $runId, status: PENDING }) {
       edges { node { id title class planHash missing approvers { roles } } } } }`,
    { runId },
  );
  return approvals.edges.map(({ node }) => node);
}

/** Approves a request as one person. */
export async function approve(ask: Ask, { id, planHash }: OpenApproval): Promise<void> {
  await ask('mutation ($input: DecideApprovalInput!) { decideApproval(input: $input) { id } }', {
    input: {
      approvalId: id,
      decision: 'APPROVE',
      planHash,
      reason: 'Checked by the demo (npm start -- --once)',
    },
  });
}
