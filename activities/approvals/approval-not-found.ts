import { DomainError } from '../../workflows/errors.ts';

/** Unknown here, or another organisation's: the same answer. */
export function approvalNotFound(): DomainError {
  return new DomainError('NOT_FOUND', 'approval_not_found', 'There is no such approval request here.');
}
