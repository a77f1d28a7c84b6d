import { DomainError } from '../errors.ts';
import { ROLES, type Role } from '../tenancy/model.ts';
import { permissionsOf } from '../tenancy/permissions.ts';
import type { ApprovalClass, Approvers } from './model.ts';

/** What an approval step asks for: roles and e-mail addresses as they stand in the definition. */
export interface WantedTerms {
  class: ApprovalClass;
  approvers?: readonly string[];
  expiresInSeconds?: number;
  remindAfterSeconds?: number;
  escalateAfterSeconds?: number;
  escalateTo?: readonly string[];
}

/** The terms that a request is made with. */
export interface ApprovalTerms {
  quorum: number;
  approvers: Approvers;
  expiresInSeconds: number;
  remindEverySeconds?: number;
  escalation?: { afterSeconds: number; approvers: Approvers };
}

/** How many different people must approve. */
export const QUORUM: Readonly<Record<ApprovalClass, number>> = { A: 0, B: 1, C: 2 };

/** The roles that may decide at all: those with the permission `approvals.decide`. */
export const DECIDING_ROLES: readonly Role[] = ROLES.filter((role) =>
  permissionsOf([role]).has('approvals.decide'),
);

/** How often the approvers of one request are reminded at most. */
export const MOST_REMINDERS = 20;

/** Bounds of the time to decide, in seconds: 1 second to 90 days; 3 days when nothing is said. */
export const EXPIRY_SECONDS = { least: 1, usual: 3 * 86_400, most: 90 * 86_400 } as const;

/**
 * The terms of one request. Throws INVALID with the reason `approver_unknown`, `approvers_missing`,
 * `approvers_too_few` (Class C that nobody could ever approve), `expiry_out_of_range`, `reminder_out_of_range`,
 * `escalation_out_of_range` or `escalation_incomplete`; inside a run that is a failure of the step.
 */
export function approvalTerms(wanted: WantedTerms): ApprovalTerms {
  const approvers = readApprovers(wanted.approvers ?? DECIDING_ROLES, 'approvers');
  if (wanted.class === 'C') requireTwoRoles(approvers);
  const { remindAfterSeconds } = wanted;
  if (remindAfterSeconds !== undefined) requireSeconds(remindAfterSeconds, 'remindAfterSeconds', 'reminder');
  const escalation = readEscalation(wanted);
  return {
    quorum: QUORUM[wanted.class],
    approvers,
    expiresInSeconds: readExpiry(wanted.expiresInSeconds),
    ...(remindAfterSeconds === undefined ? {} : { remindEverySeconds: remindAfterSeconds }),
    ...(escalation === null ? {} : { escalation }),
  };
}

/** Those who may decide once the request has been escalated: the approvers and the further ones. */
export function widened(approvers: Approvers, further: Approvers): Approvers {
  return {
    roles: DECIDING_ROLES.filter((role) => approvers.roles.includes(role) || further.roles.includes(role)),
    people: [...new Set([...approvers.people, ...further.people])],
  };
}

function readEscalation({ escalateAfterSeconds, escalateTo }: WantedTerms) {
  if (escalateAfterSeconds === undefined && escalateTo === undefined) return null;
  if (escalateAfterSeconds === undefined || escalateTo === undefined)
    throw invalid(
      'escalation_incomplete',
      escalateTo === undefined ? 'escalateTo' : 'escalateAfterSeconds',
      'Give both escalateAfterSeconds and escalateTo, or neither.',
    );
  requireSeconds(escalateAfterSeconds, 'escalateAfterSeconds', 'escalation');
  return { afterSeconds: escalateAfterSeconds, approvers: readApprovers(escalateTo, 'escalateTo') };
}

function requireSeconds(seconds: number, field: string, what: 'reminder' | 'escalation'): void {
  if (seconds >= EXPIRY_SECONDS.least && seconds <= EXPIRY_SECONDS.most) return;
  throw invalid(
    `${what}_out_of_range`,
    field,
    `${field} must be between ${EXPIRY_SECONDS.least} second and ${EXPIRY_SECONDS.most} seconds (90 days).`,
  );
}

// An empty list means nobody, never everybody: it is refused here rather than left to expire.
function readApprovers(entries: readonly string[], field: 'approvers' | 'escalateTo'): Approvers {
  const names = [...new Set(entries.map((entry) => entry.trim().toLowerCase()))];
  if (names.length === 0)
    throw invalid('approvers_missing', field, 'Name at least one role or person who can approve.');
  const roles = DECIDING_ROLES.filter((role) => names.includes(role));
  const people = names.filter((name) => EMAIL.test(name));
  const unknown = names.find((name) => !EMAIL.test(name) && !roles.some((role) => role === name));
  if (unknown !== undefined)
    throw invalid(
      'approver_unknown',
      field,
      `"${unknown}" cannot approve. Use the roles ${DECIDING_ROLES.join(', ')} or e-mail addresses.`,
    );
  return { roles, people };
}

/** Enough to tell a person from a role; whether the address belongs to a member shows when somebody decides. */
const EMAIL = /^[^\s@]+@[^\s@]+$/;

function requireTwoRoles({ roles, people }: Approvers): void {
  if (roles.length + people.length >= 2) return;
  throw invalid(
    'approvers_too_few',
    'approvers',
    'Class C needs two people with different roles. Name at least two roles or people who can approve.',
  );
}

function readExpiry(seconds: number = EXPIRY_SECONDS.usual): number {
  if (seconds >= EXPIRY_SECONDS.least && seconds <= EXPIRY_SECONDS.most) return seconds;
  throw invalid(
    'expiry_out_of_range',
    'expiresInSeconds',
    `The time to decide must be between ${EXPIRY_SECONDS.least} second and ${EXPIRY_SECONDS.most} seconds (90 days).`,
  );
}

function invalid(reason: string, field: string, message: string): DomainError {
  return new DomainError('INVALID', reason, message, { field });
}
