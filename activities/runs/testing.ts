import { randomBytes, randomUUID } from 'node:crypto';
import type { Flow } from '../../workflows/definitions/model.ts';
import type { Json, JsonObject } from '../../workflows/json.ts';
import type { RunKey } from '../../workflows/runs/activities.ts';
import type { StepEvent } from '../../workflows/runs/model.ts';
import { createWorkflow } from '../definitions/index.ts';
import { publishWorkflow } from '../publishing/index.ts';
import { createEgress } from '../egress/index.ts';
import { createLogger } from '../log.ts';
import { openTestHouse, type TestHouse, type TestTenant } from '../testing.ts';
import type { RunDeps } from './deps.ts';
import type { EffectExecutor } from './effect-executor.ts';
import { createValueReader } from './read-value.ts';
import { runActivities } from './run-activities.ts';
import { startRun } from './start-run.ts';

/** A test house with what run activities need. Effects do nothing unless a test brings its own. */
export interface RunHouse extends TestHouse {
  deps: RunDeps;
  tenant: TestTenant;
  /** A published workflow of one `transform` step, with other fields as given. */
  publish(fields?: Partial<Flow>): Promise<{ id: string; name: string }>;
  /** A QUEUED run of a new workflow. */
  newRun(input?: Json): Promise<RunKey>;
  /** The rows of a run, without what differs between two runs. */
  rowsOf(key: RunKey): Promise<{ steps: JsonObject[]; events: JsonObject[] }>;
}

/** Opens a run house. Close it at the end of the file. */
export async function openRunHouse(): Promise<RunHouse> {
  const house = await openTestHouse();
  const tenant = await house.newTenant();
  const publish = (fields?: Partial<Flow>) => publishFlow(tenant, fields);
  const nothing: EffectExecutor = () => Promise.resolve({ output: null });
  return {
    ...house,
    tenant,
    deps: {
      database: house.database,
      keyring: house.keyring,
      egress: createEgress({ allow: '' }),
      log: createLogger({ level: 'silent', pretty: false }),
      dispatcher: house.platform.dispatcher,
      values: createValueReader(house.database),
      executors: { http: nothing, postgres: nothing, email: nothing },
      activity: () => ({ heartbeat: () => undefined, cancelled: new AbortController().signal }),
    },
    publish,
    newRun: async (input = {}) => {
      const workflow = await publish();
      const { id } = await startRun(tenant.as('owner'), { workflowId: workflow.id, input });
      return { tenantId: tenant.tenantId, runId: id };
    },
    rowsOf: (key) => readRows(house, key),
  };
}

async function publishFlow(tenant: TestTenant, fields: Partial<Flow> = {}) {
  const name = `Workflow ${randomUUID()}`;
  const steps = [{ id: 'only', kind: 'transform', with: { value: 1 } }];
  const definition = { flow: 'v1', steps, ...fields } as unknown as JsonObject;
  const { id } = await createWorkflow(tenant.as('owner'), { name, definition });
  await publishWorkflow(tenant.as('owner'), { workflowId: id });
  return { id, name };
}

/** A run of a new workflow that is over: its only step, `hello`, gave 1. Of any house with a database. */
export async function finishedRun(
  house: Pick<TestHouse, 'database' | 'keyring'>,
  tenant: TestTenant,
): Promise<RunKey> {
  const steps = [{ id: 'hello', kind: 'transform', with: { value: 1 } }] as unknown as Flow['steps'];
  const { id: workflowId } = await publishFlow(tenant, { steps });
  const { id: runId } = await startRun(tenant.as('owner'), { workflowId });
  const { database, keyring } = house;
  const log = createLogger({ level: 'silent', pretty: false });
  const dispatcher = { dispatch: () => undefined };
  const worker = runActivities({ database, keyring, egress: createEgress({ allow: '' }), log, dispatcher });
  const key = { tenantId: tenant.tenantId, runId };
  const output = { value: 1 };
  const hello = { path: 'hello', stepId: 'hello' };
  const events = [
    stepEvent({ ...hello, kind: 'STARTED', sequence: 0 }),
    stepEvent({ ...hello, kind: 'SUCCEEDED', sequence: 1, output }),
  ];
  await worker.openRun(key);
  await worker.closeRun({ ...key, status: 'SUCCEEDED', output, error: null, response: null, events });
  return key;
}

async function readRows({ database }: TestHouse, { tenantId, runId }: RunKey) {
  return database.withTenant(tenantId, async (db) => {
    const where = { tenantId, runId };
    const steps = await db.runStep.findMany({ where, orderBy: { path: 'asc' } });
    const events = await db.runEvent.findMany({
      where,
      orderBy: [{ path: 'asc' }, { attempt: 'asc' }, { kind: 'asc' }],
    });
    const plain = (rows: object[]) =>
      rows.map((row) => {
        const columns = JSON.parse(JSON.stringify(row)) as JsonObject;
        delete columns['tenantId'];
        delete columns['runId'];
        return columns;
      });
    return { steps: plain(steps), events: plain(events) };
  });
}

/** A step event with everything that a test does not care about. */
export function stepEvent(
  event: Pick<StepEvent, 'path' | 'kind' | 'sequence'> & Partial<StepEvent>,
): StepEvent {
  return {
    stepId: 'step',
    stepKind: 'transform',
    attempt: 1,
    at: 1_700_000_000_000 + event.sequence,
    ...event,
  };
}

/** Text of so many bytes that gzip cannot make much smaller. */
export function noise(bytes: number): string {
  return randomBytes(Math.ceil(bytes / 2))
    .toString('hex')
    .slice(0, bytes);
}
