import { uuidOfGlobalId } from '../../workflows/ids.ts';
import type { Facts, Pair, ShownApproval } from './facts.ts';
import type { Made, Mutation } from './model.ts';

/** The actions of the audit log by kind of change. */
const ACTIONS: Record<Mutation['kind'], string> = {
  decide: 'approval.decide',
  sendEvent: 'run.sendEvent',
  pause: 'run.pause',
  resume: 'run.resume',
  cancel: 'run.cancel',
};

/** How many acknowledged changes were looked at, and which of them cannot be seen. */
export function changeProblems(facts: Facts, pairs: readonly Pair[]): [number, string[]] {
  const approvals = new Map(facts.approvals.map((approval) => [approval.id, approval]));
  const changes = pairs.flatMap((pair) =>
    pair.known.mutations
      .filter(({ acknowledged }) => acknowledged)
      .map((mutation) => ({ pair, mutation, approval: approvals.get(mutation.target) })),
  );
  const unseen = changes.flatMap(({ pair, mutation, approval }) => {
    const why = whyUnseen(facts, pair, { mutation, approval });
    return why === null ? [] : [`${pair.shown.id}: ${mutation.kind} of ${mutation.target}: ${why}`];
  });
  const pending = facts.approvals
    .filter(({ status }) => status === 'PENDING')
    .map(({ id }) => `${id} is still pending`);
  const things = facts.made.flatMap((made) => thingProblems(facts, made));
  return [changes.length + facts.made.length, [...unseen, ...pending, ...things]];
}

function whyUnseen(
  { audited }: Facts,
  { shown }: Pair,
  { mutation, approval }: { mutation: Mutation; approval: ShownApproval | undefined },
): string | null {
  const { kind, decision } = mutation;
  const target =
    kind === 'decide' ? uuidOfGlobalId('approval', mutation.target) : uuidOfGlobalId('run', shown.id);
  if (!audited.has(`${ACTIONS[kind]} ${target ?? ''}`)) return 'not in the audit log';
  if (kind === 'cancel' && (shown.status !== 'CANCELLED' || shown.cancelRequestedAt === null))
    return `the run is ${shown.status}`;
  if (kind !== 'decide') return null;
  if (!approval) return 'there is no such request';
  const made = approval.decisions.map((one) => one.decision);
  if (made.length !== 1 || made[0] !== decision) return `decisions: ${made.join(', ') || 'none'}`;
  const wanted = decision === 'APPROVE' ? 'APPROVED' : 'DENIED';
  return approval.status === wanted ? null : `the request is ${approval.status}`;
}

function thingProblems({ things }: Facts, { kind, id, name }: Made): string[] {
  const alike = things.filter((thing) => thing.kind === kind && thing.name === name);
  const [shown] = alike;
  if (alike.length !== 1 || shown?.id !== id) return [`${kind} ${name} is there ${alike.length} times`];
  return shown.asWanted ? [] : [`${kind} ${name} (${id}) is not as it was left`];
}
