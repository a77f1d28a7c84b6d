import { randomUUID } from 'node:crypto';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import type * as handWritten from './hand-written.workflow.ts';
import { HAND_WRITTEN_QUEUE } from './task-queue.ts';

type Workflows = Omit<typeof handWritten, 'approved'>;
type Name = keyof Workflows;

/** Starts workflows of the hand-written baseline. */
export interface HandWritten {
  /** Resolves once Temporal has taken it. */
  start<N extends Name>(name: N, ...args: Parameters<Workflows[N]>): Promise<WorkflowHandle<Workflows[N]>>;
  /** How many events a workflow's history has. */
  countEvents(workflowId: string): Promise<number>;
  close(): Promise<void>;
}

/** Connects to Temporal over gRPC. Throws when it does not answer. */
export async function openHandWritten(address: string): Promise<HandWritten> {
  const connection = await Connection.connect({ address });
  const { workflow } = new Client({ connection });
  return {
    start: async (name, ...args) => {
      const options = { workflowId: randomUUID(), taskQueue: HAND_WRITTEN_QUEUE, args };
      const handle = await workflow.start(name, options);
      return workflow.getHandle(handle.workflowId);
    },
    countEvents: async (workflowId) => (await workflow.getHandle(workflowId).describe()).historyLength,
    close: () => connection.close(),
  };
}
