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
type TakesOnce<Name extends VerbName> = 3 extends Parameters<Domains[Name]>['length'] ? true : false;

/** How a verb is called for real. */
export interface Sample<Name extends VerbName> {
  /** The role of the caller. */
  by: Role;
  /** Makes what the call needs in this tenant. Each call gives another input. */
  input(tenant: TestTenant): Promise<InputOf<Name>>;
  /** Whether the input holds the id of something in the tenant. */
  namesThing: boolean;
  /** Whether the verb takes an idempotency key. */
  once: TakesOnce<Name>;
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
      once: true,
      input: async (tenant) => {
        const request = approvalRequest(tenant, { class: 'B' });
        await approvals.approvalActivities(house().platform).requestApproval({ request });
        return { approvalId: request.approvalId, decision: 'APPROVE', planHash: request.planHash };
      },
    },
    delegateApprovals: {
      ...base,
      once: true as const,
      input: (tenant) => Promise.resolve(newDelegation(tenant)),
    },
    revokeDelegation: {
      ...base,
      once: true as const,
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

function tenancySamples() {
  return {
    createApiKey: {
      ...base,
      namesThing: false,
      once: true as const,
      input: () => Promise.resolve({ name: randomUUID() }),
    },
    inviteMember: {
      ...base,
      namesThing: false,
      once: true as const,
      input: () => Promise.resolve(newcomer()),
    },
    removeMember: {
      ...base,
      once: true as const,
      input: async (tenant: TestTenant) => {
        const { person } = await tenancy.inviteMember(owner(tenant), newcomer());
        return { personId: person.id };
      },
    },
    revokeApiKey: {
      ...base,
      once: true as const,
      input: async (tenant: TestTenant) => {
        const { apiKey } = await tenancy.createApiKey(owner(tenant), { name: 'to revoke' });
        return { id: apiKey.id };
      },
    },
    setMemberRoles: {
      ...base,
      once: true as const,
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
      ...base,
      namesThing: false,
      once: true as const,
      input: () => Promise.resolve({ name: randomUUID() }),
    },
    saveDraft: {
      ...base,
      once: true as const,
      input: async (tenant: TestTenant) => {
        const { id, draft } = await newWorkflow(tenant);
        return { workflowId: id, definition: { flow: 'v1', steps: [] }, basedOnHash: draft.hash };
      },
    },
    publishWorkflow: { ...base, once: true as const, input: workflowRef },
    archiveWorkflow: { ...base, once: true as const, input: workflowRef },
  };
}

const newWorkflow = (tenant: TestTenant) =>
  definitions.createWorkflow(owner(tenant), { name: `Sample ${randomUUID()}` });
const workflowRef = async (tenant: TestTenant) => ({ workflowId: (await newWorkflow(tenant)).id });

function connectionSamples() {
  return {
    createConnection: {
      ...base,
      namesThing: false,
      once: true as const,
      input: () => Promise.resolve(newConnection()),
    },
    rotateConnection: {
      ...base,
      once: true as const,
      input: async (tenant: TestTenant) => ({
        ...(await connectionRef(tenant)),
        secrets: { bearer: 'canary-rotated' },
      }),
    },
    deleteConnection: { ...base, once: true as const, input: connectionRef },
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
  return {
    rerunFromStep: {
      ...base,
      once: true as const,
      input: async (tenant: TestTenant) => {
        const { runId } = await finishedRun(house(), tenant);
        return { runId, fromStep: 'hello' };
      },
    },
    rerunRuns: {
      ...base,
      once: true as const,
      input: async (tenant: TestTenant) => {
        const { runId } = await finishedRun(house(), tenant);
        return { runIds: [runId] };
      },
    },
    startRun: { ...base, once: true as const, input: publishedRef },
    startTestRun: { ...base, once: true as const, input: publishedRef },
    cancelRun: { ...base, once: true as const, input: runRef },
    pauseRun: { ...base, once: true as const, input: runRef },
    resumeRun: { ...base, once: true as const, input: runRef },
    sendEvent: {
      ...base,
      once: true as const,
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
      ...base,
      namesThing: false,
      once: true as const,
      input: () => Promise.resolve({ ...ENDPOINT, description: randomUUID() }),
    },
    updateEndpoint: {
      ...base,
      once: true as const,
      input: async (tenant: TestTenant) => ({ ...(await endpointRef(tenant)), description: 'Renamed' }),
    },
    rotateEndpointSecret: { ...base, once: true as const, input: endpointRef },
    deleteEndpoint: { ...base, once: true as const, input: endpointRef },
    replayDelivery: {
      ...base,
      once: true as const,
      input: async (tenant: TestTenant) => ({
        deliveryId: (await deliveredEvent(house(), tenant)).deliveryId,
      }),
    },
  };
}

function scheduleSamples() {
  return {
    createSchedule: { ...base, once: true as const, input: newSchedule },
    updateSchedule: {
      ...base,
      once: true as const,
      input: async (tenant: TestTenant) => ({ ...(await scheduleRef(tenant)), crons: ['30 6 * * *'] }),
    },
    pauseSchedule: { ...base, once: true as const, input: scheduleRef },
    resumeSchedule: { ...base, once: true as const, input: scheduleRef },
    triggerSchedule: { ...base, once: true as const, input: scheduleRef },
    backfillSchedule: {
      ...base,
      once: true as const,
      input: async (tenant: TestTenant) => ({
        ...(await scheduleRef(tenant)),
        from: new Date('2026-01-01T00:00:00Z'),
        until: new Date('2026-01-03T00:00:00Z'),
      }),
    },
    deleteSchedule: { ...base, once: true as const, input: scheduleRef },
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
    rotateWebhook: { ...base, once: true as const, input: hookRef },
    setWebhookVerification: {
      ...base,
      once: true as const,
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
