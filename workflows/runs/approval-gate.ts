import { approvalTerms, type WantedTerms } from '../approvals/approval-terms.ts';
import type {
  ApprovalClass,
  ApprovalPlan,
  ApprovalRequest,
  ApprovalState,
  ApprovalStatus,
} from '../approvals/model.ts';
import { settle } from '../approvals/settle.ts';
import type { Step } from '../definitions/model.ts';
import { DomainError } from '../errors.ts';
import type { ApprovalId } from '../ids.ts';
import { canonicalJson, type Json } from '../json.ts';
import { sha256Hex, uuidOf } from '../sha256.ts';
import type { Engine, Position } from './engine.ts';
import { openStep } from './journal.ts';
import { placeAt, stepError } from './step-error.ts';

/** What a gate asks for, with its texts evaluated. */
export interface Gate extends WantedTerms {
  title: string;
  details: Json;
  guards: ApprovalPlan['guards'];
}

/** How a request ended. */
export interface GateOutcome {
  status: Exclude<ApprovalStatus, 'PENDING'>;
  request: ApprovalRequest;
  state: ApprovalState;
}

/**
 * Asks for an approval and waits until it is decided or expires. The request is journaled when it is made, so that a
 * new history waits for the same one. What the database says is checked again by the run's own copy of the terms; a
 * request whose decisions do not hold ends as denied. A step that is cancelled meanwhile withdraws its request.
 */
export async function passGate(
  engine: Engine,
  { step, at }: { step: Step; at: Position },
  gate: () => Promise<Gate>,
): Promise<GateOutcome> {
  const open = openStep(at.node);
  const request = (open.request ??= buildRequest(engine, at, await gate()));
  try {
    let state = await engine.working(() => engine.ports.requestApproval(request));
    while (state.status === 'PENDING') {
      const until = Date.parse(request.expiresAt);
      engine.record(step, at, { kind: 'WAITING', until, waitingFor: `approval, class ${request.class}` });
      const heard = () => engine.inbox.takeApproval(request.approvalId);
      let decided = false;
      const inTime = await engine.waiting(() =>
        engine.waitUntil(() => decided || (decided = heard()), until, at),
      );
      state = await engine.working(() =>
        inTime ? engine.ports.readApproval(request) : engine.ports.closeApproval(request, 'EXPIRED'),
      );
    }
    return { status: checked(request, state), request, state };
  } catch (error) {
    if (engine.ports.isCancellation(error))
      await engine.ports.shield(() => engine.ports.closeApproval(request, 'WITHDRAWN'));
    throw error;
  }
}

// The run's own check, from the terms in its journal: no row that somebody changed passes.
function checked(request: ApprovalRequest, { status, decisions }: ApprovalState): GateOutcome['status'] {
  if (status !== 'APPROVED') return status === 'PENDING' ? 'DENIED' : status;
  return settle(request, decisions) === 'APPROVED' ? 'APPROVED' : 'DENIED';
}

function buildRequest(engine: Engine, at: Position, gate: Gate): ApprovalRequest {
  const terms = termsOf(at, gate);
  const { tenantId, runId } = engine.key;
  const now = engine.ports.now();
  const plan: ApprovalPlan = {
    workflow: engine.run.workflow,
    runId,
    path: at.path,
    title: gate.title,
    details: gate.details,
    class: gate.class,
    guards: gate.guards,
  };
  return {
    approvalId: uuidOf(`approval ${tenantId} ${runId} ${at.path} ${at.node.attempts ?? 1}`) as ApprovalId,
    tenantId,
    runId,
    path: at.path,
    class: gate.class,
    plan,
    planHash: sha256Hex(canonicalJson(JSON.parse(JSON.stringify(plan)) as Json)),
    requesterId: engine.run.requesterId,
    approvers: terms.approvers,
    quorum: terms.quorum,
    requestedAt: new Date(now).toISOString(),
    expiresAt: new Date(now + terms.expiresInSeconds * 1000).toISOString(),
  };
}

function termsOf(at: Position, gate: Gate) {
  try {
    return approvalTerms(gate);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw stepError(placeAt(at.path), 'EXPRESSION_FAILED', error.message, error.details ?? null);
  }
}

/** The classes in rising order; letters compare. */
export function covers(granted: ApprovalClass | null, needed: ApprovalClass): boolean {
  return granted !== null && granted >= needed;
}
