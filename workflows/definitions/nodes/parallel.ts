import { z } from 'zod';
import { stepFields, stepIdSchema, type StepFields } from '../step-fields.ts';
import type { Finding } from '../validate/finding.ts';
import { emptyBodyFindings } from '../validate/body-findings.ts';
import type { NodeRules } from '../validate/node-rules.ts';

export interface ParallelStep<Step> extends StepFields {
  kind: 'parallel';
  branches: { id: string; steps: Step[] }[];
}

export const parallelSchema = <Step>(steps: z.ZodType<Step[]>): z.ZodType<ParallelStep<Step>> =>
  z
    .strictObject({
      ...stepFields,
      kind: z.literal('parallel'),
      branches: z.array(z.strictObject({ id: stepIdSchema, steps })).min(1),
    })
    .meta({ title: 'parallel', description: 'Runs branches side by side. Output: an object by branch id.' });

export const parallelRules: NodeRules<ParallelStep<unknown>> = {
  templates: () => [],
  findings: (step) => [...duplicateIds(step), ...emptyBranches(step)],
};

function duplicateIds({ branches }: ParallelStep<unknown>): Finding[] {
  const ids = branches.map((branch) => branch.id);
  return ids.flatMap((id, i) =>
    ids.indexOf(id) === i
      ? []
      : [
          {
            at: ['branches', i, 'id'],
            code: 'ID_DUPLICATE',
            message: `Another branch has the id "${id}" already. Choose another one.`,
          },
        ],
  );
}

function emptyBranches({ branches }: ParallelStep<unknown>): Finding[] {
  return branches.flatMap((branch, i) => emptyBodyFindings(branch.steps, ['branches', i, 'steps']));
}
