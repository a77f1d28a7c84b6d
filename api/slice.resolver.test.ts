import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { approvalActivities } from '../activities/approvals/index.ts';
import { approvalRequest } from '../activities/approvals/testing.ts';
import { createEgress } from '../activities/egress/index.ts';
import { createLogger } from '../activities/log.ts';
import { runActivities } from '../activities/runs/index.ts';
import { noise, stepEvent } from '../activities/runs/testing.ts';
import type { RunId } from '../workflows/ids.ts';
import { fromGlobalId } from './global-id.ts';
import { DEFINITION, makeWorld, type World } from './testing/world.ts';
import { openTestApi, type TestApi } from './testing/api.ts';

let api: TestApi;
let world: World;
beforeAll(async () => {
  api = await openTestApi();
  world = await makeWorld(api);
});
afterAll(() => api.close());

/** Asks as this person and expects no error. */
async function ask<Data>(as: keyof World['keys'], query: string, variables: object = {}): Promise<Data> {
  const { data, errors } = await api.graphql({ query, variables }, world.keys[as]);
  expect(errors).toEqual([]);
  return data as Data;
}

const worker = () =>
  runActivities({
    database: api.house.database,
    keyring: api.house.keyring,
    egress: createEgress({ allow: '' }),
    log: createLogger({ level: 'silent', pretty: false }),
    dispatcher: { dispatch: () => undefined },
  });
const eventually = async (check: () => void) => {
  for (let i = 0; ; i += 1) {
    try {
      return check();
    } catch (error) {
      if (i === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
};

interface WorkflowAnswer {
  id: string;
  version: number | null;
  draft: { hash: string; issues: unknown[] };
}

describe('from a draft to a finished run', () => {
  let workflow: WorkflowAnswer;
  let runId: string;

  it('makes a workflow with a draft that is not valid yet', async () => {
    const { createWorkflow } = await ask<{ createWorkflow: WorkflowAnswer }>(
      'owner',
      `mutation ($input: CreateWorkflowInput!) {
        createWorkflow(input: $input) { id version draft { hash issues { path stepId code message } } } }`,
      { input: { name: 'Invoices', definition: { flow: 'v1', steps: [{ id: 'a', kind: 'nope' }] } } },
    );
    workflow = createWorkflow;
    expect(workflow.version).toBeNull();
    expect(workflow.draft.issues).toEqual([expect.objectContaining({ code: 'UNKNOWN_KIND', stepId: 'a' })]);
  });

  it('saves a better draft, and refuses a stale one with both shown', async () => {
    const query = `mutation ($input: SaveDraftInput!) { saveDraft(input: $input) { id draft { hash issues { code } } } }`;
    const input = { workflowId: workflow.id, definition: DEFINITION, basedOnHash: workflow.draft.hash };
    const { saveDraft } = await ask<{ saveDraft: WorkflowAnswer }>('owner', query, { input });
    expect(saveDraft.draft.issues).toEqual([]);
    const stale = { ...input, definition: { ...DEFINITION, output: 2 } };
    const { errors } = await api.graphql({ query, variables: { input: stale } }, world.keys.owner);
    expect(errors[0]?.extensions).toMatchObject({
      code: 'CONFLICT',
      reason: 'draft_changed',
      details: { field: 'basedOnHash', current: { hash: saveDraft.draft.hash } },
    });
  });

  it('publishes it, then a second version, and tells the difference', async () => {
    const publish = `mutation ($input: PublishWorkflowInput!) { publishWorkflow(input: $input) { id version draft { hash } } }`;
    const input = { workflowId: workflow.id, note: 'First' };
    const first = await ask<{ publishWorkflow: WorkflowAnswer }>('owner', publish, { input });
    expect(first.publishWorkflow.version).toBe(1);
    await ask('owner', `mutation ($input: SaveDraftInput!) { saveDraft(input: $input) { id } }`, {
      input: {
        workflowId: workflow.id,
        definition: { ...DEFINITION, output: '{{ steps.hello.output }}' },
        basedOnHash: first.publishWorkflow.draft.hash,
      },
    });
    await ask('owner', publish, { input: { workflowId: workflow.id, note: 'With an output' } });
    const { workflow: shown } = await ask<{ workflow: object }>(
      'viewer',
      `query ($id: ID!) { workflow(id: $id) { name version createdBy { email }
        versions(first: 1) { edges { node { number note hash definition changes { kind message } publishedBy { name } } } pageInfo { hasNextPage endCursor } }
        diff(from: 1, to: 2) { kind path message after } } }`,
      { id: workflow.id },
    );
    expect(shown).toMatchObject({
      name: 'Invoices',
      version: 2,
      createdBy: { email: world.tenant.people.owner.email },
      versions: {
        edges: [
          { node: { number: 2, note: 'With an output', definition: { output: '{{ steps.hello.output }}' } } },
        ],
        pageInfo: { hasNextPage: true },
      },
      diff: [{ kind: 'changed', path: '/output' }],
    });
  });

  it('starts a run once for one idempotency key, and tells Temporal after the commit', async () => {
    const query = `mutation ($input: StartRunInput!) { startRun(input: $input) {
      id status version workflow { id name } startedBy { kind name email } input createdAt startedAt } }`;
    const input = { workflowId: workflow.id, input: { name: 'Ada' }, idempotencyKey: 'order-1' };
    const { startRun } = await ask<{ startRun: { id: string } }>('operator', query, { input });
    expect(startRun).toMatchObject({
      status: 'QUEUED',
      version: 2,
      workflow: { id: workflow.id, name: 'Invoices' },
      startedBy: { kind: 'person', email: world.tenant.people.operator.email },
      input: { name: 'Ada' },
      startedAt: null,
    });
    const again = await ask<{ startRun: { id: string } }>('operator', query, { input });
    expect(again.startRun.id).toBe(startRun.id);
    runId = startRun.id;
    const uuid = fromGlobalId('Run', runId, 'id');
    await eventually(() =>
      expect(api.sent).toContainEqual(
        expect.objectContaining({
          tenantId: world.tenant.tenantId,
          message: expect.objectContaining({ kind: 'startRun', runId: uuid }),
        }),
      ),
    );
  });

  it('shows steps, events, large values and the end of the run', async () => {
    const key = { tenantId: world.tenant.tenantId, runId: fromGlobalId('Run', runId, 'id') as RunId };
    const large = noise(100_000);
    await worker().openRun(key);
    await worker().closeRun({
      ...key,
      status: 'SUCCEEDED',
      output: { value: 'Hello Ada' },
      error: null,
      response: { status: 201, headers: { 'x-done': 'yes' }, body: { ok: true } },
      events: [
        stepEvent({
          path: 'hello',
          stepId: 'hello',
          kind: 'STARTED',
          sequence: 0,
          input: { value: { a: 1 } },
        }),
        stepEvent({
          path: 'hello',
          stepId: 'hello',
          kind: 'SUCCEEDED',
          sequence: 1,
          output: { value: large },
        }),
      ],
    });
    const { run } = await ask<{ run: object }>(
      'viewer',
      `query ($id: ID!) { run(id: $id) { status output finishedAt response { status body }
        steps { path kind status attempt input output error { code } } events(after: 0) { sequence kind path data } } }`,
      { id: runId },
    );
    expect(run).toMatchObject({
      status: 'SUCCEEDED',
      output: 'Hello Ada',
      response: { status: 201, body: { ok: true } },
      steps: [
        {
          path: 'hello',
          kind: 'transform',
          status: 'SUCCEEDED',
          input: { a: 1 },
          output: large,
          error: null,
        },
      ],
      events: [{ sequence: 1, kind: 'SUCCEEDED', path: 'hello', data: null }],
    });
  });

  it('lists runs by status, workflow and time, page by page', async () => {
    const query = `query ($first: Int!, $after: String, $filter: RunFilter) {
      runs(first: $first, after: $after, filter: $filter) { edges { node { id status } } pageInfo { hasNextPage hasPreviousPage endCursor } } }`;
    interface Answer {
      runs: { edges: { node: { id: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
    }
    const filter = { status: ['SUCCEEDED'], workflowId: workflow.id, startedAfter: '2020-01-01T00:00:00Z' };
    const found = await ask<Answer>('viewer', query, { first: 10, filter });
    expect(found.runs.edges.map(({ node }) => node.id)).toEqual([runId]);
    const one = await ask<Answer>('viewer', query, { first: 1 });
    const two = await ask<Answer>('viewer', query, { first: 10, after: one.runs.pageInfo.endCursor });
    expect(one.runs.pageInfo.hasNextPage).toBe(true);
    expect(two.runs.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    expect(two.runs.edges.map(({ node }) => node.id).slice(-2)).toEqual([
      world.ids.finishedRun,
      world.ids.run,
    ]);
  });

  it('refuses to control a run that is over', async () => {
    const query = `mutation ($input: RunControlInput!) { pauseRun(input: $input) { id } }`;
    const { errors } = await api.graphql({ query, variables: { input: { runId } } }, world.keys.operator);
    expect(errors[0]?.extensions).toMatchObject({ code: 'PRECONDITION_FAILED', reason: 'run_finished' });
  });
});

describe('an approval', () => {
  it('of Class C is decided by two people of different roles, each with a reason', async () => {
    const request = approvalRequest(world.tenant, { class: 'C' });
    await approvalActivities(api.house.platform).requestApproval({ request });
    const inbox = `{ approvals(filter: { status: PENDING, class: C, waitingForMe: true }) { edges { node {
      id status class title details planHash plan quorum missing canDecide whyNot { reason } run { id workflowId workflowName }
      requester { name email } approvers { roles people } decisions { decision } requestedAt expiresAt path } } } }`;
    const { approvals } = await ask<{ approvals: { edges: { node: { id: string; planHash: string } }[] } }>(
      'finance',
      inbox,
    );
    const [approval] = approvals.edges.map(({ node }) => node);
    expect(approval).toMatchObject({
      class: 'C',
      quorum: 2,
      canDecide: true,
      decisions: [],
      path: 'size/gate',
    });

    const decide = `mutation ($input: DecideApprovalInput!) { decideApproval(input: $input) {
      status missing canDecide decisions { decision reason roles person { email } decidedAt } } }`;
    const { id: approvalId, planHash } = approval ?? { id: '', planHash: '' };
    const vote = { approvalId, planHash, decision: 'APPROVE' };
    const silent = await api.graphql({ query: decide, variables: { input: vote } }, world.keys.finance);
    expect(silent.errors[0]?.extensions).toMatchObject({
      code: 'INVALID',
      reason: 'reason_required',
      details: { field: 'reason' },
    });

    const input = { ...vote, reason: 'The invoice is right.' };
    const half = await ask<{ decideApproval: { missing: string } }>('finance', decide, { input });
    expect(half.decideApproval).toMatchObject({ status: 'PENDING', canDecide: false });
    expect(half.decideApproval.missing).toBeTruthy();
    const whole = await ask('security', decide, { input: { ...input, reason: 'The account is known.' } });
    expect(whole).toMatchObject({
      decideApproval: { status: 'APPROVED', decisions: [{ decision: 'APPROVE' }, { decision: 'APPROVE' }] },
    });
    await eventually(() =>
      expect(api.sent.map(({ message }) => message)).toContainEqual({
        kind: 'approvalDecided',
        runId: request.runId,
        approvalId: request.approvalId,
      }),
    );
    const late = await api.graphql({ query: decide, variables: { input } }, world.keys.operator);
    expect(late.errors[0]?.extensions.reason).toBe('approval_already_decided');
  });
});

describe('the audit log', () => {
  it('tells who did what to which thing, with ids that other operations take', async () => {
    const query = `query ($filter: AuditLogFilter) { auditLog(filter: $filter) { edges { node {
      sequence at action target requestId details actor { kind name email personId apiKeyId } } } } }`;
    interface Answer {
      auditLog: { edges: { node: { target: string; actor: { personId: string } } }[] };
    }
    const found = await ask<Answer>('security', query, { filter: { action: 'run.start' } });
    const [last] = found.auditLog.edges.map(({ node }) => node);
    expect(last).toMatchObject({ action: 'run.start', actor: { kind: 'person' } });
    const same = await ask<Answer>('security', query, {
      filter: { target: last?.target, actor: last?.actor.personId, action: 'run.start' },
    });
    expect(same.auditLog.edges[0]?.node).toEqual(last);
    expect(fromGlobalId('Run', last?.target ?? '', 'target')).toMatch(/^[0-9a-f-]{36}$/);
  });
});
