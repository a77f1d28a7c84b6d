import { z } from 'zod';
import { jsonObjectField, textField } from '../input-fields.ts';

const MAX_REASON = 2_000;
const BLANK = z
  .string()
  .regex(/^\s*$/)
  .transform(() => null);

/** What everybody who decides can say. Blank reasons count as none. */
export const decisionFields = {
  decision: z.enum(['APPROVE', 'DENY']),
  reason: z
    .union([BLANK, textField(MAX_REASON)], `Write at most ${MAX_REASON} characters of text.`)
    .nullish(),
};

/** The form of a request, filled in: an object with one entry a field. */
export const answersField = jsonObjectField({ bytes: 131_072, depth: 1 }).nullish();
