import { z } from 'zod';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';

/** The most fields of one form, and the most characters of a text answer. */
export const FORM_LIMITS = { fields: 20, options: 50, text: 2_000 } as const;

/** The kinds of field that an approver can be given to fill in. */
export const FIELD_TYPES = ['text', 'number', 'boolean', 'choice'] as const;

/** A field of an approval's form, as a definition has it; the label may hold templates. */
export const formFieldSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-zA-Z][a-zA-Z0-9_]{0,63}$/, 'Begin with a letter and use letters, digits and _.')
    .describe('The name of the answer: steps.<id>.output.answers.<name>.'),
  label: z.string().min(1).max(500).describe('What the approver reads beside the field.'),
  type: z.enum(FIELD_TYPES),
  options: z
    .array(z.string().min(1).max(200))
    .min(1)
    .max(FORM_LIMITS.options)
    .describe('What can be chosen; "choice" needs it.')
    .optional(),
  required: z.boolean().describe('Whether an approval needs an answer; no when left out.').optional(),
  maxLength: z
    .int()
    .min(1)
    .max(FORM_LIMITS.text)
    .describe(`The most characters of a text; ${FORM_LIMITS.text} when left out.`)
    .optional(),
});
export type FormField = z.output<typeof formFieldSchema>;

/** What is wrong with one answer; `field` is the name of the form's field. */
export interface AnswerProblem {
  field: string;
  message: string;
}

/** The answers in order of the form, or what is wrong with them. Blank answers are left out. */
export type CheckedAnswers = { answers: JsonObject | null } | { problems: AnswerProblem[] };

/**
 * Checks what an approver filled in. `required` is false for a denial, which needs no answer. Without a form there are
 * no answers, and none may be sent.
 */
export function checkAnswers(
  form: readonly FormField[] | null,
  given: Json | undefined,
  { required }: { required: boolean },
): CheckedAnswers {
  const sent = given ?? {};
  if (!isJsonObject(sent)) return problem('answers', 'Send an object with one entry a field.');
  const fields = form ?? [];
  const unknown = Object.keys(sent).find((name) => fields.every((field) => field.name !== name));
  if (unknown !== undefined) return problem(unknown, 'There is no such field in the form.');
  const problems: AnswerProblem[] = [];
  const answers: JsonObject = {};
  for (const field of fields) {
    const value = Object.hasOwn(sent, field.name) ? (sent[field.name] ?? null) : null;
    const blank = value === null || (typeof value === 'string' && value.trim() === '');
    const message = blank ? missing(field, required) : wrong(field, value);
    if (message !== null) problems.push({ field: field.name, message });
    else if (!blank) answers[field.name] = value;
  }
  if (problems.length > 0) return { problems };
  return { answers: form === null ? null : answers };
}

function problem(field: string, message: string): CheckedAnswers {
  return { problems: [{ field, message }] };
}

function missing({ required: wanted }: FormField, required: boolean): string | null {
  return wanted === true && required ? 'Fill in this field to approve.' : null;
}

function wrong({ type, options, maxLength }: FormField, value: Json): string | null {
  const most = maxLength ?? FORM_LIMITS.text;
  switch (type) {
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? null : 'Give a number.';
    case 'boolean':
      return typeof value === 'boolean' ? null : 'Give yes or no (true or false).';
    case 'choice':
      return typeof value === 'string' && options?.includes(value) === true
        ? null
        : `Choose one of: ${(options ?? []).join(', ')}.`;
    case 'text':
      if (typeof value !== 'string' || /[\u0000\ud800-\udfff]/u.test(value)) return 'Write text.';
      return Array.from(value).length <= most ? null : `Write at most ${most} characters.`;
  }
}
