import { randomUUID } from 'node:crypto';
import type { Permission, Role } from '../workflows/tenancy/model.ts';
import * as approvals from './approvals/index.ts';
import { approvalRequest } from './approvals/testing.ts';
import * as connections from './connections/index.ts';
import type { Ctx } from './context.ts';
import * as definitions from './definitions/index.ts';
import * as publishing from './publishing/index.ts';
import * as endpoints from './endpoints/index.ts';
import { deliveredEvent, ENDPOINT } from './endpoints/testing.ts';
import * as runs from './runs/index.ts';
import { finishedRun } from './runs/testing.ts';
import * as schedules from './schedules/index.ts';
import * as tenancy from './tenancy/index.ts';
import type { TestHouse, TestTenant } from './testing.ts';
import * as webhooks from './webhooks/index.ts';
import { hookedWorkflow } from './webhooks/testing.ts';

/** Everything that the domains export. A new domain is added here. */
export const domains = {
  ...tenancy,
  ...definitions,
  ...connections,
  ...approvals,
  ...runs,
  ...endpoints,
  ...webhooks,
  ...publishing,
  ...schedules,
};

type Domains = typeof domains;
/** The names of all exported verbs. */
export type VerbName = {
  [Name in keyof Domains]: Domains[Name] extends { action: string; permission: Permission } ? Name : never;
}[keyof Domains];
type InputOf<Name extends VerbName> = Parameters<Domains[Name]>[1];

/** How a verb is called for real. */
export interface Sample<Name extends VerbName> {
  /** The role of the caller. */
  by: Role;
  /** Makes what the call needs in this tenant. Each call gives another input. */
  input(tenant: TestTenant): Promise<InputOf<Name>>;
  /** Whether the input holds the id of something in the tenant. */
  namesThing: boolean;
}

/** One sample for each exported verb: without it, a new verb does not compile. */
export function verbSamples(house: () => TestHouse): { [Name in VerbName]: Sample<Name> } {
  return {
    ...tenancySamples(),
    ...definitionSamples(),
    ...scheduleSamples(),
    ...connectionSamples(),
    ...runSamples(house),
    ...endpointSamples(house),
    ...webhookSamples(),
    decideApproval: {
      by: 'finance',
      namesThing: true,
      input: async (tenant) => {
        const request = approvalRequest(tenant, { class: 'B' });
        await approvals.approvalActivities(house().platform).requestApproval({ request });
        return { approvalId: request.approvalId, decision: 'APPROVE', planHash: request.planHash };
      },
    },
    delegateApprovals: {
      ...base,
      input: (tenant) => Promise.resolve(newDelegation(tenant)),
    },
    revokeDelegation: {
      ...base,
      input: async (tenant) => {
        const { id } = await approvals.delegateApprovals(owner(tenant), newDelegation(tenant));
        return { id };
      },
    },
  };
}

// Two periods of one delegator must not overlap, so each call takes the next hour.
let hour = Math.ceil(Date.now() / 3_600_000);
function newDelegation(tenant: TestTenant) {
  hour += 1;
  const [from, until] = [new Date(hour * 3_600_000), new Date((hour + 1) * 3_600_000)];
  return { toPersonId: tenant.people.builder.id, from, until };
}

const owner = (tenant: TestTenant): Ctx => tenant.as('owner');
const base = { by: 'owner', namesThing: true } as const;
const making = { by: 'owner', namesThing: false } as const;

function tenancySamples() {
  return {
    createApiKey: {
      ...making,
      input: () => Promise.resolve({ name: randomUUID() }),
    },
    inviteMember: {
      ...making,
      input: () => Promise.resolve(newcomer()),
    },
    removeMember: {
      ...base,
      input: async (tenant: TestTenant) => {
        const { person } = await tenancy.inviteMember(owner(tenant), newcomer());
        return { personId: person.id };
      },
    },
    renameOrganisation: { ...making, input: () => Promise.resolve({ name: `Renamed ${randomUUID()}` }) },
    revokeApiKey: {
      ...base,
      input: async (tenant: TestTenant) => {
        const { apiKey } = await tenancy.createApiKey(owner(tenant), { name: 'to revoke' });
        return { id: apiKey.id };
      },
    },
    setMemberRoles: {
      ...base,
      input: (tenant: TestTenant) =>
        Promise.resolve({ personId: tenant.people.builder.id, roles: [anyRole(), anyRole()] }),
    },
  };
}

function newcomer() {
  return { email: `${randomUUID()}@new.example`, name: 'Somebody new', roles: [anyRole()] };
}

// Two calls must differ, so each takes the next pair of roles.
let turn = 0;
function anyRole(): Role {
  const roles = ['builder', 'operator', 'finance', 'security', 'viewer'] as const;
  return roles[turn++ % roles.length] ?? 'viewer';
}

function definitionSamples() {
  return {
    createWorkflow: {
      ...making,
      input: () => Promise.resolve({ name: randomUUID() }),
    },
    saveDraft: {
      ...base,
      input: async (tenant: TestTenant) => {
        const { id, draft } = await newWorkflow(tenant);
        return { workflowId: id, definition: { flow: 'v1', steps: [] }, basedOnHash: draft.hash };
      },
    },
    publishWorkflow: { ...base, input: workflowRef },
    archiveWorkflow: { ...base, input: workflowRef },
  };
}

const newWorkflow = (tenant: TestTenant) =>
  definitions.createWorkflow(owner(tenant), { name: `Sample ${randomUUID()}` });
const workflowRef = async (tenant: TestTenant) => ({ workflowId: (await newWorkflow(tenant)).id });

function connectionSamples() {
  return {
    createConnection: {
      ...making,
      input: () => Promise.resolve(newConnection()),
    },
    rotateConnection: {
      ...base,
      input: async (tenant: TestTenant) => ({
        ...(await connectionRef(tenant)),
        secrets: { bearer: 'canary-rotated' },
      }),
    },
    deleteConnection: { ...base, input: connectionRef },
  };
}

function newConnection() {
  const settings = { baseUrl: 'https://shop.example' };
  return { name: randomUUID(), kind: 'HTTP' as const, settings, secrets: { bearer: 'canary-created' } };
}

async function connectionRef(tenant: TestTenant): Promise<{ id: string }> {
  const { id } = await connections.createConnection(owner(tenant), newConnection());
  return { id };
}

function runSamples(house: () => TestHouse) {
  const done = async (tenant: TestTenant) => (await finishedRun(house(), tenant)).runId;
  return {
    rerunFromStep: {
      ...base,
      input: async (tenant: TestTenant) => ({ runId: await done(tenant), fromStep: 'hello' }),
    },
    rerunRuns: { ...base, input: async (tenant: TestTenant) => ({ runIds: [await done(tenant)] }) },
    cancelBulkRerun: {
      ...base,
      input: async (tenant: TestTenant) => {
        const { id } = await runs.rerunRuns(owner(tenant), { runIds: [await done(tenant)] });
        return { bulkRerunId: id };
      },
    },
    startRun: { ...base, input: publishedRef },
    startTestRun: { ...base, input: publishedRef },
    cancelRun: { ...base, input: runRef },
    pauseRun: { ...base, input: runRef },
    resumeRun: { ...base, input: runRef },
    sendEvent: {
      ...base,
      input: async (tenant: TestTenant) => ({ ...(await runRef(tenant)), name: 'paid', payload: { sum: 5 } }),
    },
  };
}

function endpointSamples(house: () => TestHouse) {
  const endpointRef = async (tenant: TestTenant) => {
    const { endpoint } = await endpoints.createEndpoint(owner(tenant), ENDPOINT);
    return { endpointId: endpoint.id };
  };
  return {
    createEndpoint: {
      ...making,
      input: () => Promise.resolve({ ...ENDPOINT, description: randomUUID() }),
    },
    updateEndpoint: {
      ...base,
      input: async (tenant: TestTenant) => ({ ...(await endpointRef(tenant)), description: 'Renamed' }),
    },
    rotateEndpointSecret: { ...base, input: endpointRef },
    deleteEndpoint: { ...base, input: endpointRef },
    replayDelivery: {
      ...base,
      input: async (tenant: TestTenant) => ({
        deliveryId: (await deliveredEvent(house(), tenant)).deliveryId,
      }),
    },
  };
}

function scheduleSamples() {
  return {
    createSchedule: { ...base, input: newSchedule },
    updateSchedule: {
      ...base,
      input: async (tenant: TestTenant) => ({ ...(await scheduleRef(tenant)), crons: ['30 6 * * *'] }),
    },
    pauseSchedule: { ...base, input: scheduleRef },
    resumeSchedule: { ...base, input: scheduleRef },
    triggerSchedule: { ...base, input: scheduleRef },
    backfillSchedule: {
      ...base,
      input: async (tenant: TestTenant) => ({
        ...(await scheduleRef(tenant)),
        from: new Date('2026-01-01T00:00:00Z'),
        until: new Date('2026-01-03T00:00:00Z'),
      }),
    },
    deleteSchedule: { ...base, input: scheduleRef },
  };
}

const newSchedule = async (tenant: TestTenant) => ({
  ...(await publishedRef(tenant)),
  name: 'Every morning',
  crons: ['0 6 * * *'],
});

async function scheduleRef(tenant: TestTenant): Promise<{ scheduleId: string }> {
  const { id } = await schedules.createSchedule(owner(tenant), await newSchedule(tenant));
  return { scheduleId: id };
}

async function publishedRef(tenant: TestTenant): Promise<{ workflowId: string }> {
  const ref = await workflowRef(tenant);
  await publishing.publishWorkflow(owner(tenant), ref);
  return ref;
}

async function runRef(tenant: TestTenant): Promise<{ runId: string }> {
  const { id } = await runs.startRun(owner(tenant), await publishedRef(tenant));
  return { runId: id };
}

function webhookSamples() {
  return {
    rotateWebhook: { ...base, input: hookRef },
    setWebhookVerification: {
      ...base,
      input: async (tenant: TestTenant) => ({
        ...(await hookRef(tenant)),
        ...{ scheme: 'github' as const, secret: 'canary-of-a-webhook' },
      }),
    },
  };
}

async function hookRef(tenant: TestTenant): Promise<{ workflowId: string }> {
  const { workflowId } = await hookedWorkflow(tenant);
  return { workflowId };
}
