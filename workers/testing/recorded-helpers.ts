import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import type { ApprovalId, HELPER_WORKFLOWS, PersonId, RunId } from '../../workflows/ids.ts';
import type { FakeWorld, RunHandle } from '../../workflows/runs/testing.ts';
import { recorded, step, transform, wait } from './recorded-trial.ts';

/** A workflow besides runs, to record. Waits are real here, and therefore short. */
export interface RecordedHelper {
  workflow: 'runSchedule' | 'deliverEvent' | 'bulkRerun' | 'mailApproval';
  kind: (typeof HELPER_WORKFLOWS)[number];
  /** What it is started with, besides the tenant. */
  input: object;
  /** What it asks of the world, besides what runs do. */
  activities: (world: FakeWorld) => Record<string, (input: never) => Promise<unknown>>;
  /** What happens to it from outside. */
  during?: (world: FakeWorld, handle: RunHandle) => Promise<void>;
}

const SCHEDULE = { workflow: 'runSchedule', kind: 'schedule', input: { scheduleId: randomUUID() } } as const;
const DELIVERY = { workflow: 'deliverEvent', kind: 'delivery', input: { deliveryId: randomUUID() } } as const;
const BULK = { workflow: 'bulkRerun', kind: 'bulk-rerun', input: { bulkRerunId: randomUUID() } } as const;
const MAIL = {
  workflow: 'mailApproval',
  kind: 'approval-mail',
  input: { approvalId: randomUUID() as ApprovalId, kind: 'request', number: 0 },
} as const;

/** Gives these answers, one after another; those that are errors are thrown. */
function answering<T>(...answers: (T | Error)[]): () => Promise<T> {
  return async () => {
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    if (answer === undefined) throw new Error('asked too often');
    return answer;
  };
}

/** The helpers by the name of their file. */
export const RECORDED_HELPERS: Record<string, RecordedHelper> = {
  'helper-schedule': {
    ...SCHEDULE,
    activities: (world) => ({ startScheduledRun: startOf(world, [transform('value', 1)]) }),
  },
  'helper-schedule-nothing-due': { ...SCHEDULE, activities: () => ({ startScheduledRun: answering(null) }) },
  'helper-schedule-cancelled': {
    ...SCHEDULE,
    activities: (world) => ({ startScheduledRun: startOf(world, [wait('never', { event: 'never' })]) }),
    during: async (world, handle) => {
      await recorded(world, 'never WAITING');
      await handle.cancel();
    },
  },
  'helper-schedule-of-a-run-that-fails': {
    ...SCHEDULE,
    activities: (world) => ({
      startScheduledRun: startOf(world, [step({ id: 'no', kind: 'fail', with: { message: 'no' } })]),
    }),
  },
  'helper-delivery': {
    ...DELIVERY,
    activities: () => ({
      attemptDelivery: async ({ number }: { number: number }) =>
        number < 3 ? { done: false, nextAt: Date.now() + 50 } : { done: true },
    }),
  },
  'helper-bulk-rerun': {
    ...BULK,
    activities: () => ({
      rerunBatch: answering({ left: 20 }, new Error('the database is away'), { left: 0 }),
    }),
  },
  'helper-approval-mail': {
    ...MAIL,
    activities: () => {
      const people = Array.from({ length: 12 }, () => randomUUID() as PersonId);
      return {
        mailRecipients: answering(people),
        // One mail that is never delivered holds up none of the others.
        sendApprovalMail: async ({ personId }: { personId: PersonId }) => {
          if (personId === people[3]) throw ApplicationFailure.nonRetryable('There is no such address');
        },
      };
    },
  },
};

function startOf(world: FakeWorld, steps: ReturnType<typeof step>[]) {
  return async () => {
    const runId = randomUUID() as RunId;
    world.runs.set(runId, { steps });
    return { runId };
  };
}
