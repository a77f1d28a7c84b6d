import type { CustomSlotSupplier, SlotPermit, WorkflowSlotInfo } from '@temporalio/worker';
import { SlotLimit, type SlotBounds } from './slot-limit.ts';

/**
 * Temporal takes a workflow task back after 10 seconds. A quarter of that leaves room for one that began while the
 * limit was still too high. Pollers that wait hold a slot too, ten of them, hence the least. Measured with 500 waiting
 * runs on a machine of two busy cores: with 200 fixed slots nearly all tasks were taken back, and 1 run a second ended.
 */
const BOUNDS: SlotBounds = { least: 20, first: 20, most: 200, slowMs: 2_500, shrinkEveryMs: 1_000 };

/** Slots for workflow tasks, as many as the worker can work off in time; see `SlotLimit`. */
export function workflowSlots(limit = new SlotLimit(BOUNDS)): CustomSlotSupplier<WorkflowSlotInfo> {
  const usedSince = new Map<SlotPermit, number>();
  const waiting = new Set<() => void>();
  let given = 0;
  const hasRoom = () => given < limit.now;
  const give = (): SlotPermit => {
    given += 1;
    return {};
  };
  const wakeOthers = () => {
    for (const wake of waiting) {
      if (!hasRoom()) return;
      waiting.delete(wake);
      wake();
    }
  };
  return {
    type: 'custom',
    reserveSlot: (_context, signal) =>
      new Promise((resolve, reject) => {
        if (hasRoom()) return resolve(give());
        const wake = () => resolve(give());
        waiting.add(wake);
        signal.addEventListener('abort', () => {
          waiting.delete(wake);
          reject(signal.reason as Error);
        });
      }),
    tryReserveSlot: () => (hasRoom() ? give() : null),
    markSlotUsed: ({ permit }) => void usedSince.set(permit, performance.now()),
    releaseSlot: ({ permit }) => {
      const since = usedSince.get(permit);
      usedSince.delete(permit);
      const at = performance.now();
      if (since !== undefined) limit.learn({ tookMs: at - since, at, inUse: given });
      given -= 1;
      wakeOthers();
    },
  };
}
