import { z } from 'zod';
import type { JsonObject } from '../json.ts';
import { approvalSchema, type ApprovalStep } from './nodes/approval.ts';
import { branchSchema, type BranchStep } from './nodes/branch.ts';
import { callWorkflowSchema, type CallWorkflowStep } from './nodes/call-workflow.ts';
import { emailSchema, type EmailStep } from './nodes/email.ts';
import { failSchema, type FailStep } from './nodes/fail.ts';
import { forEachSchema, type ForEachStep } from './nodes/for-each.ts';
import { httpSchema, type HttpStep } from './nodes/http.ts';
import { parallelSchema, type ParallelStep } from './nodes/parallel.ts';
import { postgresSchema, type PostgresStep } from './nodes/postgres.ts';
import { respondSchema, type RespondStep } from './nodes/respond.ts';
import { transformSchema, type TransformStep } from './nodes/transform.ts';
import { trySchema, type TryStep } from './nodes/try.ts';
import { waitSchema, type WaitStep } from './nodes/wait.ts';
import { whileSchema, type WhileStep } from './nodes/while.ts';
import { jsonSchema, MAX_SECONDS } from './step-fields.ts';

/** One step of a definition. A new kind is added here, and the compiler names what is missing elsewhere. */
export type Step =
  | TransformStep
  | HttpStep
  | PostgresStep
  | EmailStep
  | BranchStep<Step>
  | ParallelStep<Step>
  | ForEachStep<Step>
  | WhileStep<Step>
  | TryStep<Step>
  | WaitStep
  | ApprovalStep
  | CallWorkflowStep
  | RespondStep
  | FailStep;
export type StepKind = Step['kind'];
export type StepByKind = { [Kind in StepKind]: Extract<Step, { kind: Kind }> };

/** The kinds that act on the world outside: each runs as one Temporal activity an attempt. */
export const EFFECT_KINDS = ['http', 'postgres', 'email'] as const satisfies StepKind[];
export type EffectKind = (typeof EFFECT_KINDS)[number];

export const stepsSchema: z.ZodType<Step[]> = z.lazy(() => z.array(stepSchema)).meta({ id: 'steps' });

/** The schema of each kind. Looked up by kind, so that an error speaks of the kind that was meant. */
export const STEP_SCHEMAS: { [Kind in StepKind]: z.ZodType<StepByKind[Kind]> } = {
  transform: transformSchema,
  http: httpSchema,
  postgres: postgresSchema,
  email: emailSchema,
  branch: branchSchema(stepsSchema),
  parallel: parallelSchema(stepsSchema),
  forEach: forEachSchema(stepsSchema),
  while: whileSchema(stepsSchema),
  try: trySchema(stepsSchema),
  wait: waitSchema,
  approval: approvalSchema,
  callWorkflow: callWorkflowSchema,
  respond: respondSchema,
  fail: failSchema,
};
export const STEP_KINDS = Object.keys(STEP_SCHEMAS) as StepKind[];

export const stepSchema: z.ZodType<Step> = z.lazy(() => z.union(Object.values(STEP_SCHEMAS)));

/** The bounds of what a schedule takes in seconds: a day for the jitter, 10 seconds to 365 days for catching up. */
export const SCHEDULE_SECONDS = {
  longestJitter: 86_400,
  shortestCatchUp: 10,
  longestCatchUp: 31_536_000,
} as const;

export const triggerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('manual') }).describe('Started by a person or through the API.'),
  z
    .strictObject({
      kind: z.literal('webhook'),
      input: jsonSchema
        .describe("Makes the run's input from method, query, headers and body; all four when left out.")
        .optional(),
      waitSeconds: z
        .int()
        .min(1)
        .max(30)
        .describe('How long a call waits for the answer of a respond step; 10 when left out.')
        .optional(),
    })
    .describe('Started by a call to the address of the workflow.'),
  z
    .strictObject({
      kind: z.literal('schedule'),
      cron: z.string().min(1).max(200).describe('Minute, hour, day of month, month, day of week.'),
      timeZone: z
        .string()
        .min(1)
        .max(100)
        .describe('IANA name such as Europe/London; UTC when left out.')
        .optional(),
      overlap: z
        .enum(['skip', 'bufferOne', 'bufferAll', 'cancelOther', 'terminateOther', 'allowAll'])
        .optional(),
      jitterSeconds: z
        .int()
        .min(0)
        .max(SCHEDULE_SECONDS.longestJitter)
        .describe('Each start is moved by a random time up to this long.')
        .optional(),
      catchUpSeconds: z
        .int()
        .min(SCHEDULE_SECONDS.shortestCatchUp)
        .max(SCHEDULE_SECONDS.longestCatchUp)
        .describe('How late a start that an outage held up may still be made up for; an hour when left out.')
        .optional(),
      input: jsonSchema.describe('The input of each run, as it stands here; {} when left out.').optional(),
    })
    .describe('Started at set times.'),
]);

export const limitsSchema = z.strictObject({
  timeoutSeconds: z.number().positive().max(MAX_SECONDS).optional(),
  concurrency: z
    .strictObject({
      key: z.string().optional(),
      limit: z.int().min(1).max(10_000),
      whenFull: z.enum(['queue', 'skip', 'cancelOldest']).optional(),
    })
    .optional(),
});

const jsonObjectSchema: z.ZodType<JsonObject> = z.record(z.string(), jsonSchema);

/** Levqor Flow v1: the stored form of a workflow. `layout` holds canvas positions and never changes meaning. */
export const flowSchema = z.strictObject({
  flow: z.literal('v1'),
  name: z.string().min(1).max(200).optional(),
  description: z.string().max(5000).optional(),
  input: jsonObjectSchema.describe("JSON Schema of the run's input.").optional(),
  triggers: z.array(triggerSchema).max(50).optional(),
  limits: limitsSchema.optional(),
  steps: stepsSchema,
  output: jsonSchema.describe('Output of the run; templates in it see all top-level steps.').optional(),
  layout: jsonObjectSchema.describe('Canvas positions by step id; never changes meaning.').optional(),
});
export type Flow = z.output<typeof flowSchema>;

/** The most that one definition may hold. */
export const DEFINITION_LIMITS = {
  bytes: 1_048_576,
  steps: 1_000,
  expressions: 5_000,
  depth: 20,
  parallelWidth: 200,
  forEachConcurrency: 200,
  whileIterations: 100_000,
} as const;

/** One thing that is wrong with a definition. `path` is a JSON Pointer into it; `code` is stable. */
export interface DefinitionIssue {
  path: string;
  stepId: string | null;
  code: string;
  message: string;
}

/** A list of steps inside a step, and what it is called in the definition and in step paths. */
export interface StepList {
  /** Where the list stands, from the step: `['cases', 0, 'steps']`. */
  pointer: (string | number)[];
  steps: Step[];
}

/** The lists of steps directly inside a step, in the order in which they are written. */
export function stepLists(step: Step): StepList[] {
  switch (step.kind) {
    case 'branch':
      return [
        ...step.cases.map((one, i) => ({ pointer: ['cases', i, 'steps'], steps: one.steps })),
        ...(step.otherwise ? [{ pointer: ['otherwise'], steps: step.otherwise }] : []),
      ];
    case 'parallel':
      return step.branches.map((one, i) => ({ pointer: ['branches', i, 'steps'], steps: one.steps }));
    case 'try':
      return [
        { pointer: ['steps'], steps: step.steps },
        ...(step.catch ? [{ pointer: ['catch'], steps: step.catch }] : []),
        ...(step.finally ? [{ pointer: ['finally'], steps: step.finally }] : []),
      ];
    case 'forEach':
    case 'while':
      return [{ pointer: ['steps'], steps: step.steps }];
    default:
      return [];
  }
}
