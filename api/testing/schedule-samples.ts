import { randomUUID } from 'node:crypto';
import type { Sample, World } from './sample.ts';

const ref = ({ ids }: World) => ({ scheduleId: ids.schedule });
const past = { from: '2026-01-01T00:00:00Z', until: '2026-01-02T00:00:00Z' };

/** Good calls of the operations on schedules. */
export const SCHEDULE_SAMPLES: Record<'query' | 'mutation', Record<string, Sample>> = {
  query: {
    previewBackfill: {
      needs: 'schedules.read',
      args: (world) => ({ input: { ...ref(world), ...past } }),
      names: true,
    },
    previewSchedule: {
      needs: 'schedules.write',
      args: () => ({ input: { crons: ['0 6 * * *'], timeZone: 'Europe/London', count: 2 } }),
    },
    schedule: { needs: 'schedules.read', args: ({ ids }) => ({ id: ids.schedule }), names: true },
    schedules: { needs: 'schedules.read', args: () => ({}) },
  },
  mutation: {
    createSchedule: {
      needs: 'schedules.write',
      args: ({ ids }) => ({
        input: {
          ...{ workflowId: ids.workflow, name: 'Every morning', crons: ['0 6 * * *'], timeZone: 'UTC' },
          ...{ input: { name: 'Ada' }, overlap: 'skip', catchUpSeconds: 60, idempotencyKey: randomUUID() },
        },
      }),
      names: true,
    },
    updateSchedule: {
      needs: 'schedules.write',
      args: (world) => ({ input: { ...ref(world), name: 'Every evening', crons: ['0 18 * * *'] } }),
      names: true,
    },
    pauseSchedule: {
      needs: 'schedules.write',
      args: (world) => ({ input: { ...ref(world), reason: 'Holidays' } }),
      names: true,
    },
    resumeSchedule: { needs: 'schedules.write', args: (world) => ({ input: ref(world) }), names: true },
    triggerSchedule: {
      needs: 'schedules.write',
      args: (world) => ({ input: { ...ref(world), idempotencyKey: randomUUID() } }),
      names: true,
    },
    backfillSchedule: {
      needs: 'schedules.write',
      args: (world) => ({
        input: { ...ref(world), ...past, overlap: 'bufferAll', idempotencyKey: randomUUID() },
      }),
      names: true,
    },
    deleteSchedule: { needs: 'schedules.write', args: (world) => ({ input: ref(world) }), names: true },
  },
};
