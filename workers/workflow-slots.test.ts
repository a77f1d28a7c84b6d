import { describe, expect, it } from '@jest/globals';
import type { SlotReserveContext } from '@temporalio/worker';
import { SlotLimit } from './slot-limit.ts';
import { workflowSlots } from './workflow-slots.ts';

const CONTEXT = { slotType: 'workflow', isSticky: false } as SlotReserveContext;
const slotsOf = (count: number) =>
  workflowSlots(
    new SlotLimit({ least: count, first: count, most: count, slowMs: 1_000, shrinkEveryMs: 1_000 }),
  );
const never = new AbortController().signal;
/** True when the promise is fulfilled already. */
const isGiven = (slot: Promise<unknown>) =>
  Promise.race([slot.then(() => true), new Promise((resolve) => setImmediate(() => resolve(false)))]);

describe('the slots of workflow tasks', () => {
  it('are given up to the limit; who comes later waits for one that is given back', async () => {
    const slots = slotsOf(2);
    const [first] = await Promise.all([slots.reserveSlot(CONTEXT, never), slots.reserveSlot(CONTEXT, never)]);
    const third = slots.reserveSlot(CONTEXT, never);
    expect(await isGiven(third)).toBe(false);
    expect(slots.tryReserveSlot(CONTEXT)).toBeNull();
    slots.releaseSlot({ permit: first });
    expect(await isGiven(third)).toBe(true);
    expect(slots.tryReserveSlot(CONTEXT)).toBeNull();
  });

  it('are not kept for those who stopped waiting', async () => {
    const slots = slotsOf(1);
    const permit = await slots.reserveSlot(CONTEXT, never);
    const ending = new AbortController();
    const gone = slots.reserveSlot(CONTEXT, ending.signal);
    const next = slots.reserveSlot(CONTEXT, never);
    ending.abort(new Error('The worker ends'));
    await expect(gone).rejects.toThrow('The worker ends');
    slots.releaseSlot({ permit });
    expect(await isGiven(next)).toBe(true);
  });
});
