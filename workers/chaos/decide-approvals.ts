import { setTimeout as pause } from 'node:timers/promises';
import type { Pending } from '../testing/flows.ts';
import type { GoodClient } from './good-client.ts';
import type { Ledger } from './ledger.ts';
import type { LedgerRun } from './model.ts';

const INBOX = `query { approvals(first: 100, filter: { status: PENDING, waitingForMe: true }) {
  edges { node { id planHash path run { id } } } } }`;
const DECIDE = 'mutation ($input: DecideApprovalInput!) { decideApproval(input: $input) { id status } }';
const LOOK_MS = 500;

interface Asked extends Pending {
  run: { id: string };
}
interface Inbox {
  approvals: { edges: { node: Asked }[] };
}

/** The person who decides: looks at the inbox again and again until `signal`, and decides what is due. Never throws. */
export async function decideApprovals(
  { client, ledger }: { client: GoodClient; ledger: Ledger },
  signal: AbortSignal,
): Promise<void> {
  const seen = new Map<string, number>();
  const deciding = new Set<Promise<void>>();
  const decide = async (run: LedgerRun, { id, planHash }: Asked) => {
    const decision = run.scenario.odd ? 'DENY' : 'APPROVE';
    const input = { approvalId: id, planHash, decision, reason: 'Looked at and thought about' };
    await ledger
      .change(run, { kind: 'decide', target: id, decision }, () => client.ask('finance', DECIDE, { input }))
      .catch((error: unknown) => (run.problem = String(error)));
  };
  while (!signal.aborted) {
    const inbox = await client.ask<Inbox>('finance', INBOX).catch(() => null);
    for (const { node } of inbox?.approvals.edges ?? []) {
      // A run whose start is not acknowledged yet is not known: its turn comes.
      const run = ledger.find(node.run.id);
      const since = seen.get(node.id) ?? Date.now();
      seen.set(node.id, since);
      if (run === null || Date.now() - since < run.scenario.delayMs) continue;
      // Until it is out of the inbox it is not decided twice.
      seen.set(node.id, Infinity);
      const work = decide(run, node);
      deciding.add(work);
      void work.finally(() => deciding.delete(work));
    }
    await pause(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
  await Promise.all(deciding);
}
