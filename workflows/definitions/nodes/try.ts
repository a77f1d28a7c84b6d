import { z } from 'zod';
import { stepFields, type StepFields } from '../step-fields.ts';
import { emptyBodyFindings } from '../validate/body-findings.ts';
import type { NodeRules } from '../validate/node-rules.ts';

export interface TryStep<Step> extends StepFields {
  kind: 'try';
  steps: Step[];
  catch?: Step[] | undefined;
  finally?: Step[] | undefined;
}

export const trySchema = <Step>(steps: z.ZodType<Step[]>): z.ZodType<TryStep<Step>> =>
  z
    .strictObject({
      ...stepFields,
      kind: z.literal('try'),
      steps,
      catch: steps.optional(),
      finally: steps.optional(),
    })
    .meta({
      title: 'try',
      description: 'Runs its steps; "catch" handles a failure (it sees "error"), "finally" runs in any case.',
    });

export const tryRules: NodeRules<TryStep<unknown>> = {
  templates: () => [],
  findings: (step) => emptyBodyFindings(step.steps, ['steps']),
};
