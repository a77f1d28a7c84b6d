declare const brand: unique symbol;
type Id<Name extends string> = string & { readonly [brand]: Name };

/** An organisation. Minted only by the API's sign-in guard and at the entry of an activity. */
export type TenantId = Id<'Tenant'>;
/** A person; may be a member of several tenants. */
export type PersonId = Id<'Person'>;
/** A workflow (the thing with a name, a draft and versions). */
export type WorkflowId = Id<'Workflow'>;
/** One execution of a workflow version. */
export type RunId = Id<'Run'>;
/** One request for approval by a waiting run. */
export type ApprovalId = Id<'Approval'>;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** True for a lower-case UUID, the form of every id in the database. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** The Temporal workflow id of a run. The payload codec reads the tenant from it. */
export function temporalWorkflowId(tenantId: TenantId, runId: RunId): string {
  return `run/${tenantId}/${runId}`;
}

/** The kinds of Temporal workflow besides runs, by the first word of their id. */
export const HELPER_WORKFLOWS = ['schedule', 'bulk-rerun', 'delivery', 'approval-mail'] as const;

/** The Temporal id of a schedule, a bulk re-run or a delivery: the workflow that works for the row of this id. */
export function temporalHelperId(
  kind: (typeof HELPER_WORKFLOWS)[number],
  tenantId: TenantId,
  id: string,
): string {
  return `${kind}/${tenantId}/${id}`;
}

const TENANT_WORKFLOWS: readonly string[] = ['run', ...HELPER_WORKFLOWS];

/** The tenant inside a Temporal workflow id made by one of the two functions above, or null for any other id. */
export function tenantOfTemporalWorkflowId(workflowId: string): TenantId | null {
  const [prefix = '', tenantId, id] = workflowId.split('/');
  if (!TENANT_WORKFLOWS.includes(prefix) || tenantId === undefined || id === undefined || !isUuid(tenantId))
    return null;
  return tenantId as TenantId;
}

/** The things that have an id outside the database, and the prefix by which the id tells them apart. */
export const GLOBAL_ID_TYPES = [
  'tenant',
  'person',
  'workflow',
  'version',
  'run',
  'approval',
  'delegation',
  'connection',
  'key',
  'schedule',
  'webhook',
  'received',
  'endpoint',
  'delivery',
  'event',
  'bulk',
] as const;
export type GlobalIdType = (typeof GLOBAL_ID_TYPES)[number];

/** The id that the outside world sees, such as `run_3f2a…`: clients treat it as opaque. */
export function globalId(type: GlobalIdType, uuid: string): string {
  return `${type}_${uuid.replaceAll('-', '')}`;
}

/** The UUID inside a global id of this type, or null for any other text. */
export function uuidOfGlobalId(type: GlobalIdType, id: string): string | null {
  const hex = id.startsWith(`${type}_`) ? id.slice(type.length + 1) : '';
  if (!/^[0-9a-f]{32}$/.test(hex)) return null;
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
