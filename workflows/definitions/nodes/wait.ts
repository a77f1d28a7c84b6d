import { z } from 'zod';
import { numberTemplateSchema, stepFields, templateSchema } from '../step-fields.ts';
import type { Finding } from '../validate/finding.ts';
import { secondsFindings, timeFindings } from '../validate/literal-findings.ts';
import type { NodeRules } from '../validate/node-rules.ts';

const seconds = numberTemplateSchema.describe('How long to wait.');
const until = templateSchema.describe('An ISO 8601 time with its zone, such as 2027-01-31T09:00:00Z.');
const event = templateSchema.describe('Name of an event that somebody sends to the run.');
const timeoutSeconds = numberTemplateSchema.describe('How long to wait for the event.').optional();

/** Exactly one of `seconds`, `until` (an ISO 8601 time) or `event`. */
export const waitSchema = z
  .strictObject({
    ...stepFields,
    kind: z.literal('wait'),
    with: z.union([
      z.strictObject({ seconds }),
      z.strictObject({ until }),
      z.strictObject({ event, timeoutSeconds }),
    ]),
  })
  .meta({
    title: 'wait',
    description: 'Waits for a time or for a named event. Output: the payload of the event, else null.',
  });
export type WaitStep = z.output<typeof waitSchema>;

/** The same fields side by side: a wrong combination is then told as such, not as three failed alternatives. */
export const waitFieldsSchema = z.strictObject({
  ...stepFields,
  kind: z.literal('wait'),
  with: z.strictObject({
    seconds: seconds.optional(),
    until: until.optional(),
    event: event.optional(),
    timeoutSeconds,
  }),
});

export const waitRules: NodeRules<z.output<typeof waitFieldsSchema>> = {
  templates: ({ with: fields }) => [
    { at: ['with', 'seconds'], value: fields.seconds, form: 'whole' },
    { at: ['with', 'until'], value: fields.until, form: 'value' },
    { at: ['with', 'event'], value: fields.event, form: 'value' },
    { at: ['with', 'timeoutSeconds'], value: fields.timeoutSeconds, form: 'whole' },
  ],
  findings: ({ with: fields }) => [
    ...oneOfThree(fields),
    ...secondsFindings(fields.seconds, ['with', 'seconds'], 0),
    ...secondsFindings(fields.timeoutSeconds, ['with', 'timeoutSeconds'], 1),
    ...(fields.until === undefined ? [] : timeFindings(fields.until, ['with', 'until'])),
  ],
};

function oneOfThree(fields: z.output<typeof waitFieldsSchema>['with']): Finding[] {
  const given = (['seconds', 'until', 'event'] as const).filter((field) => fields[field] !== undefined);
  if (given.length === 0)
    return [
      {
        at: ['with', 'seconds'],
        code: 'MISSING_FIELD',
        message: 'Say what to wait for: "seconds", "until" or "event".',
      },
    ];
  if (given.length > 1)
    return [
      {
        at: ['with'],
        code: 'FIELD_CONFLICT',
        message: `Keep one of ${given.map((field) => `"${field}"`).join(' and ')}.`,
      },
    ];
  if (fields.timeoutSeconds === undefined || fields.event !== undefined) return [];
  return [
    {
      at: ['with', 'timeoutSeconds'],
      code: 'FIELD_CONFLICT',
      message: '"timeoutSeconds" goes with "event" only. Remove it.',
    },
  ];
}
