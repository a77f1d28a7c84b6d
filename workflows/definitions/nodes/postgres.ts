import { z } from 'zod';
import { connectionNameSchema, jsonSchema, stepFields } from '../step-fields.ts';
import type { Finding } from '../validate/finding.ts';
import { hasTemplate } from '../validate/literal-findings.ts';
import type { NodeRules } from '../validate/node-rules.ts';

export const postgresSchema = z
  .strictObject({
    ...stepFields,
    kind: z.literal('postgres'),
    with: z.strictObject({
      connection: connectionNameSchema.describe('Name of a POSTGRES connection.'),
      sql: z
        .string()
        .min(1)
        .describe('Plain SQL with $1, $2, …; values go into "params", never into the text.'),
      params: z
        .union([z.array(jsonSchema), z.string()])
        .describe('The values of $1, $2, …: a list, or one whole {{ expression }} giving a list.')
        .optional(),
    }),
  })
  .meta({ title: 'postgres', description: 'Runs one SQL statement. Output: { rows, rowCount }.' });
export type PostgresStep = z.output<typeof postgresSchema>;

export const postgresRules: NodeRules<PostgresStep> = {
  templates: ({ with: fields }) => [
    {
      at: ['with', 'params'],
      value: fields.params,
      form: typeof fields.params === 'string' ? 'whole' : 'value',
    },
  ],
  findings: (step) => sqlFindings(step.with.sql),
  connection: ({ with: fields }) => ({
    at: ['with', 'connection'],
    name: fields.connection,
    kind: 'POSTGRES',
  }),
};

function sqlFindings(sql: string): Finding[] {
  if (!hasTemplate(sql)) return [];
  const message =
    'Write $1, $2, … in the SQL and put the values into "params", so that no value can change the statement.';
  return [{ at: ['with', 'sql'], code: 'SQL_TEMPLATE', message }];
}
