import type { z } from 'zod';
import { DomainError } from '../workflows/errors.ts';

/** INVALID with every field that is wrong: `details.issues` is a list of `{ field, message }`. */
export function invalidInput(error: z.ZodError): DomainError {
  const issues = error.issues.map((issue) => ({ field: issue.path.join('.'), message: issue.message }));
  const first = issues[0];
  const message = first ? `${first.field || 'input'}: ${first.message}` : 'The input is not valid.';
  return new DomainError('INVALID', 'input_invalid', message, { field: first?.field ?? '', issues });
}
