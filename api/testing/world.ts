import { randomUUID } from 'node:crypto';
import type { GraphQLSchema, OperationTypeNode } from 'graphql';
import { approvalActivities, delegateApprovals } from '../../activities/approvals/index.ts';
import { approvalRequest } from '../../activities/approvals/testing.ts';
import { createConnection } from '../../activities/connections/index.ts';
import { createWorkflow } from '../../activities/definitions/index.ts';
import { publishWorkflow } from '../../activities/publishing/index.ts';
import { deliveredEvent } from '../../activities/endpoints/testing.ts';
import { rerunRuns, startRun } from '../../activities/runs/index.ts';
import { finishedRun } from '../../activities/runs/testing.ts';
import { createSchedule } from '../../activities/schedules/index.ts';
import { createApiKey, inviteMember } from '../../activities/tenancy/index.ts';
import { hookedWorkflow } from '../../activities/webhooks/testing.ts';
import { contentHashOf } from '../../workflows/approvals/content-hash.ts';
import type { JsonObject } from '../../workflows/json.ts';
import { ROLES, type Role } from '../../workflows/tenancy/model.ts';
import { toGlobalId } from '../global-id.ts';
import type { TestApi } from './api.ts';
import type { OperationKind, Sample, World } from './sample.ts';
import { BULK_RERUN_SAMPLES } from './bulk-rerun-samples.ts';
import { ENDPOINT_SAMPLES } from './endpoint-samples.ts';
import { SCHEDULE_SAMPLES } from './schedule-samples.ts';
import { WEBHOOK_SAMPLES } from './webhook-samples.ts';

export type { OperationKind, Sample, World } from './sample.ts';

/** A definition that can be published. */
export const DEFINITION = {
  flow: 'v1',
  steps: [{ id: 'hello', kind: 'transform', with: { value: '{{ input.name }}' } }],
} as unknown as JsonObject;

/** Fills a new organisation. */
export async function makeWorld(api: TestApi): Promise<World> {
  const tenant = await api.house.newTenant();
  const owner = tenant.as('owner');
  const workflow = await createWorkflow(owner, { name: `Greeting ${randomUUID()}`, definition: DEFINITION });
  await publishWorkflow(owner, { workflowId: workflow.id });
  const run = await startRun(owner, { workflowId: workflow.id });
  const finished = await finishedRun(api.house, tenant);
  const again = await finishedRun(api.house, tenant);
  const bulk = await rerunRuns(owner, { runIds: [again.runId] });
  const request = approvalRequest(tenant, { class: 'B' });
  await approvalActivities(api.house.platform).requestApproval({ request });
  const leaver = {
    email: `leaver@${tenant.tenantId}.example`,
    name: 'Who leaves',
    roles: ['viewer' as const],
  };
  const { person } = await inviteMember(owner, leaver);
  // To nobody with a key: whoever has a delegation may decide, whatever the own roles.
  const toPersonId = person.id;
  const delegation = await delegateApprovals(tenant.as('finance'), { toPersonId, until: inDays(1) });
  const settings = { baseUrl: 'https://shop.example' };
  const connection = await createConnection(owner, { name: 'shop', kind: 'HTTP', settings });
  const { apiKey } = await createApiKey(owner, { name: 'spare' });
  const { endpointId, deliveryId } = await deliveredEvent(api.house, tenant);
  const hooked = await hookedWorkflow(tenant);
  const daily = { workflowId: workflow.id, name: 'Daily', crons: ['0 6 * * *'] };
  const schedule = await createSchedule(owner, daily);
  const keys: [Role, string][] = [];
  for (const role of ROLES) keys.push([role, await api.keyOf(tenant, role)]);
  return {
    tenant,
    keys: Object.fromEntries(keys) as Record<Role, string>,
    ids: {
      workflow: toGlobalId('Workflow', workflow.id),
      run: toGlobalId('Run', run.id),
      finishedRun: toGlobalId('Run', finished.runId),
      approval: toGlobalId('Approval', request.approvalId),
      delegation: toGlobalId('ApprovalDelegation', delegation.id),
      connection: toGlobalId('Connection', connection.id),
      apiKey: toGlobalId('ApiKey', apiKey.id),
      person: toGlobalId('Person', tenant.people.builder.id),
      leaver: toGlobalId('Person', person.id),
      endpoint: toGlobalId('Endpoint', endpointId),
      delivery: toGlobalId('EndpointDelivery', deliveryId),
      hooked: toGlobalId('Workflow', hooked.workflowId),
      schedule: toGlobalId('Schedule', schedule.id),
      bulkRerun: toGlobalId('BulkRerun', bulk.id),
    },
    draftHash: workflow.draft.hash,
    planHash: request.planHash,
    contentHash: contentHashOf(request.plan),
  };
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);

/** A good call of every operation; a test compares its keys with the schema. */
export const SAMPLES: Record<OperationKind, Record<string, Sample>> = {
  subscription: {
    approvalEvents: { needs: 'approvals.read', args: () => ({}) },
    runEvents: { needs: 'runs.read', args: ({ ids }) => ({ runId: ids.run }), names: true },
  },
  query: {
    ...BULK_RERUN_SAMPLES.query,
    ...ENDPOINT_SAMPLES.query,
    ...SCHEDULE_SAMPLES.query,
    ...WEBHOOK_SAMPLES.query,
    apiKeys: { needs: 'keys.read', args: () => ({}) },
    approval: { needs: 'approvals.read', args: ({ ids }) => ({ id: ids.approval }), names: true },
    approvalAnalytics: {
      needs: 'approvals.read',
      args: () => ({ from: inDays(-30).toISOString(), to: inDays(1).toISOString(), groupBy: 'WEEK' }),
    },
    approvalDelegations: { needs: 'approvals.read', args: () => ({}) },
    approvals: { needs: 'approvals.read', args: () => ({}) },
    auditChain: { needs: 'audit.read', args: () => ({}) },
    auditLog: { needs: 'audit.read', args: () => ({}) },
    compareRuns: {
      needs: 'runs.read',
      args: ({ ids }) => ({ left: ids.finishedRun, right: ids.finishedRun }),
      names: true,
    },
    connections: { needs: 'connections.read', args: () => ({}) },
    flowSchema: { needs: 'nobody', args: () => ({}) },
    members: { needs: 'members.read', args: () => ({}) },
    previewRerun: {
      needs: 'runs.read',
      args: ({ ids }) => ({ input: { runId: ids.finishedRun, fromStep: 'hello', version: 1 } }),
      names: true,
    },
    run: { needs: 'runs.read', args: ({ ids }) => ({ id: ids.run }), names: true },
    runs: { needs: 'runs.read', args: () => ({}) },
    validateDefinition: { needs: 'definitions.read', args: () => ({ definition: DEFINITION }) },
    viewer: { needs: null, args: () => ({}) },
    workflow: { needs: 'definitions.read', args: ({ ids }) => ({ id: ids.workflow }), names: true },
    workflows: { needs: 'definitions.read', args: () => ({}) },
  },
  mutation: {
    ...BULK_RERUN_SAMPLES.mutation,
    ...ENDPOINT_SAMPLES.mutation,
    ...SCHEDULE_SAMPLES.mutation,
    ...WEBHOOK_SAMPLES.mutation,
    createWorkflow: {
      needs: 'definitions.write',
      args: () => ({ input: { name: `New ${randomUUID()}`, definition: DEFINITION } }),
    },
    saveDraft: {
      needs: 'definitions.write',
      args: ({ ids, draftHash }) => ({
        input: { workflowId: ids.workflow, definition: { ...DEFINITION, output: 1 }, basedOnHash: draftHash },
      }),
      names: true,
    },
    publishWorkflow: {
      needs: 'definitions.publish',
      args: ({ ids }) => ({ input: { workflowId: ids.workflow, note: 'With an output' } }),
      names: true,
    },
    startRun: {
      needs: 'runs.start',
      args: ({ ids }) => ({
        input: { workflowId: ids.workflow, version: 1, input: { name: 'Ada' }, idempotencyKey: randomUUID() },
      }),
      names: true,
    },
    startTestRun: {
      needs: 'definitions.publish',
      args: ({ ids }) => ({
        input: {
          workflowId: ids.workflow,
          input: { name: 'Ada' },
          until: 'hello',
          idempotencyKey: randomUUID(),
        },
      }),
      names: true,
    },
    rerunFromStep: {
      needs: 'runs.start',
      args: ({ ids }) => ({
        input: { runId: ids.finishedRun, fromStep: 'hello', version: 1, idempotencyKey: randomUUID() },
      }),
      names: true,
    },
    pauseRun: { needs: 'runs.control', args: ({ ids }) => ({ input: { runId: ids.run } }), names: true },
    resumeRun: { needs: 'runs.control', args: ({ ids }) => ({ input: { runId: ids.run } }), names: true },
    sendEvent: {
      needs: 'runs.control',
      args: ({ ids }) => ({ input: { runId: ids.run, name: 'paid', payload: { amount: 1 } } }),
      names: true,
    },
    cancelRun: {
      needs: 'runs.control',
      args: ({ ids }) => ({ input: { runId: ids.run, reason: 'Not needed' } }),
      names: true,
    },
    decideApproval: {
      needs: 'approvals.decide',
      args: ({ ids, planHash }) => ({
        input: { approvalId: ids.approval, decision: 'APPROVE', reason: 'Checked', planHash },
      }),
      names: true,
    },
    decideApprovals: {
      needs: 'approvals.decide',
      args: ({ ids, contentHash }) => ({
        input: {
          ...{ approvalIds: [ids.approval], decision: 'APPROVE', reason: 'Checked', contentHash },
          idempotencyKey: randomUUID(),
        },
      }),
      names: true,
    },
    delegateApprovals: {
      needs: 'approvals.decide',
      args: ({ ids }) => ({
        input: {
          ...{ toPersonId: ids.person, reason: 'On leave' },
          ...{ from: inDays(1).toISOString(), until: inDays(8).toISOString() },
        },
      }),
      names: true,
    },
    revokeDelegation: {
      needs: 'approvals.decide',
      args: ({ ids }) => ({ input: { id: ids.delegation } }),
      names: true,
    },
    createConnection: {
      needs: 'connections.write',
      args: () => ({
        input: {
          ...{ name: `c-${randomUUID()}`, kind: 'HTTP' },
          settings: { baseUrl: 'https://shop.example' },
          secrets: { bearer: 'a-secret' },
        },
      }),
    },
    rotateConnection: {
      needs: 'connections.write',
      args: ({ ids }) => ({
        input: { connectionId: ids.connection, settings: null, secrets: { bearer: 'another-secret' } },
      }),
      names: true,
    },
    deleteConnection: {
      needs: 'connections.write',
      args: ({ ids }) => ({ input: { connectionId: ids.connection } }),
      names: true,
    },
    inviteMember: {
      needs: 'members.write',
      args: () => ({
        input: { email: `${randomUUID()}@new.example`, name: 'Somebody new', roles: ['viewer'] },
      }),
    },
    removeMember: {
      needs: 'members.write',
      args: ({ ids }) => ({ input: { personId: ids.leaver } }),
      names: true,
    },
    setMemberRoles: {
      needs: 'members.write',
      args: ({ ids }) => ({ input: { personId: ids.person, roles: ['builder', 'finance'] } }),
      names: true,
    },
    renameOrganisation: {
      needs: 'organisation.write',
      args: () => ({ input: { name: `Renamed ${randomUUID()}` } }),
    },
    createApiKey: {
      needs: 'keys.write',
      args: () => ({
        input: { name: 'For reports', roles: ['owner'], service: false, expiresAt: '2099-01-01T00:00:00Z' },
      }),
    },
    revokeApiKey: {
      needs: 'keys.write',
      args: ({ ids }) => ({ input: { apiKeyId: ids.apiKey } }),
      names: true,
    },
    archiveWorkflow: {
      needs: 'definitions.publish',
      args: ({ ids }) => ({ input: { workflowId: ids.workflow } }),
      names: true,
    },
  },
};

/** The fields of the root type of an operation. */
export function rootFields(schema: GraphQLSchema, kind: OperationKind) {
  return schema.getRootType(kind as OperationTypeNode)?.getFields() ?? {};
}
