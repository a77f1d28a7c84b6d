import type { Ask } from './graphql.ts';
import type { Shop } from './shop.ts';

/** What clients do with workflows, runs and approvals, through GraphQL only. */

interface NewConnection {
  name: string;
  kind: 'HTTP' | 'POSTGRES' | 'SMTP';
  settings: object;
  secrets?: object;
}

/** Makes a connection; gives its id. */
export async function connect(ask: Ask, input: NewConnection): Promise<string> {
  const made = await ask<{ createConnection: { id: string } }>(
    'mutation ($input: CreateConnectionInput!) { createConnection(input: $input) { id } }',
    { input },
  );
  return made.createConnection.id;
}

/** Makes the connection `shop` to a customer's database. */
export function connectShop(ask: Ask, { host, port, database, user, password }: Shop): Promise<string> {
  const settings = { host, port, database, user, tls: false };
  return connect(ask, { name: 'shop', kind: 'POSTGRES', settings, secrets: { password } });
}

/** Makes the connection `mail` to an SMTP server of this machine. */
export function connectMail(ask: Ask, port: number): Promise<string> {
  const settings = { host: '127.0.0.1', port, tls: false, from: 'Shop <shop@example.com>' };
  return connect(ask, { name: 'mail', kind: 'SMTP', settings });
}

/** Makes a workflow with these steps and publishes it; gives its id. */
export async function publish(
  ask: Ask,
  name: string,
  flow: { steps: object[]; input?: object; output?: unknown },
): Promise<string> {
  const made = await ask<{ createWorkflow: { id: string } }>(
    'mutation ($input: CreateWorkflowInput!) { createWorkflow(input: $input) { id } }',
    { input: { name, definition: { flow: 'v1', ...flow } } },
  );
  const workflowId = made.createWorkflow.id;
  await ask('mutation ($input: PublishWorkflowInput!) { publishWorkflow(input: $input) { version } }', {
    input: { workflowId },
  });
  return workflowId;
}

/** Starts a run of the newest version; gives its id. */
export async function startRun(ask: Ask, workflowId: string, input: unknown = null): Promise<string> {
  const started = await ask<{ startRun: { id: string } }>(
    'mutation ($input: StartRunInput!) { startRun(input: $input) { id } }',
    { input: { workflowId, input } },
  );
  return started.startRun.id;
}

/** A request that waits for a decision. */
export interface Pending {
  id: string;
  planHash: string;
  path: string;
}

/** The requests of a run that nobody has settled yet. */
export async function pendingApprovals(ask: Ask, runId: string): Promise<Pending[]> {
  const { approvals } = await ask<{ approvals: { edges: { node: Pending }[] } }>(
    `query ($runId: ID!) { approvals(first: 100, filter: { runId: $runId, status: PENDING }) {
      edges { node { id planHash path } } } }`,
    { runId },
  );
  return approvals.edges.map(({ node }) => node);
}

/** Approves a request; gives how it stands then. Throws Refusal. */
export async function approve(ask: Ask, { id, planHash }: Pending): Promise<string> {
  const decided = await ask<{ decideApproval: { status: string } }>(
    'mutation ($input: DecideApprovalInput!) { decideApproval(input: $input) { status } }',
    { input: { approvalId: id, planHash, decision: 'APPROVE', reason: 'Looked at and found right' } },
  );
  return decided.decideApproval.status;
}

/** Cancels, pauses or resumes a run. */
export async function control(
  ask: Ask,
  operation: 'cancelRun' | 'pauseRun' | 'resumeRun',
  runId: string,
): Promise<void> {
  const type = operation === 'cancelRun' ? 'CancelRunInput' : 'RunControlInput';
  await ask(`mutation ($input: ${type}!) { ${operation}(input: $input) { id } }`, { input: { runId } });
}

/** Sends a named event to a run. */
export async function sendEvent(
  ask: Ask,
  runId: string,
  name: string,
  payload: unknown = null,
): Promise<void> {
  await ask('mutation ($input: SendEventInput!) { sendEvent(input: $input) { id } }', {
    input: { runId, name, payload },
  });
}
