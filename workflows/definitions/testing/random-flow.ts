import fc from 'fast-check';
import type { LaunchStage } from '../../launch-stage.ts';
import type { Json } from '../../json.ts';
import { stepLists, type Flow, type Step, type StepKind } from '../model.ts';
import { Choices, randomTemplate, type Ref } from './random-expression.ts';
import { buildSteps, type Plan } from './random-steps.ts';

/** A definition that is sound, and what its run is given. */
export interface RandomFlow {
  flow: Flow;
  /** The workflows that it calls, by name. */
  children: Record<string, Flow>;
  input: Json;
  stage: LaunchStage;
}

const INPUT = { n: 3, s: 'text', list: [1, 'two', null, { a: 4 }], o: { a: { b: true } }, nothing: null };
const INPUT_REFS: Ref[] = ['n', 's', 'list', 'o', 'o.a', 'nothing', 'missing'].map((name) => ({
  text: `input.${name}`,
  weight: 4,
}));

const numbers = fc.array(fc.nat(5_040), { minLength: 24, maxLength: 24 });
const { steps: plans } = fc.letrec<{ steps: Plan[]; step: Plan }>((tie) => ({
  steps: fc.array(tie('step'), { minLength: 1, maxLength: 4, size: 'max' }),
  step: fc.oneof(
    { maxDepth: 4, depthSize: 'max', withCrossShrink: true },
    { weight: 5, arbitrary: fc.record({ numbers, bodies: fc.constant<Plan[][]>([]) }) },
    {
      weight: 4,
      arbitrary: fc.record({
        numbers,
        bodies: fc.array(tie('steps'), { minLength: 1, maxLength: 3, size: 'max' }),
      }),
    },
  ),
}));

/**
 * Definitions that validation accepts, with steps of all kinds, nested up to five deep, which read what surely ran
 * before them. What happens to their effects, approvals and events stands in them (`runs/testing/scripted-world.ts`).
 */
export const randomFlow: fc.Arbitrary<RandomFlow> = fc
  .record({ main: plans, called: fc.tuple(plans, plans), numbers })
  .map(({ main, called, numbers: own }) => {
    const names = ['first called', 'second called'];
    const children = names.map((name, i) => [name, buildFlow(called[i] ?? [], [], 5).flow] as const);
    const choices = new Choices(own);
    const { flow, refs } = buildFlow(main, names, 30);
    if (choices.oneIn(2)) flow.output = randomTemplate(choices, refs).value;
    if (choices.oneIn(4)) flow.limits = { timeoutSeconds: 30_000_000 };
    return {
      ...{ flow, children: Object.fromEntries(children), input: INPUT },
      stage: choices.oneIn(4) ? 'pre-launch' : 'post-launch',
    };
  });

/** The kinds of all steps of a flow, one for each step. */
export function kindsOf(flow: Flow): StepKind[] {
  const kinds = (steps: Step[]): StepKind[] =>
    steps.flatMap((step) => [step.kind, ...stepLists(step).flatMap((list) => kinds(list.steps))]);
  return kinds(flow.steps);
}

function buildFlow(list: Plan[], workflows: string[], most: number): { flow: Flow; refs: Ref[] } {
  let count = 0;
  const { steps, refs } = buildSteps(list, {
    ...{ refs: INPUT_REFS, runs: 1, workflows },
    nextId: () => (++count % 3 === 0 ? `s-${count}` : `s${count}`),
    isFull: () => count >= most,
  });
  return { flow: { flow: 'v1', steps }, refs };
}

/** The same with waits that are short, for a server on which time passes as it does. Means the same otherwise. */
export function hastened(random: RandomFlow): RandomFlow {
  const short = JSON.stringify(random)
    .replace(/"seconds":(\d)/g, '"seconds":0.$1')
    .replaceAll('"seconds":"{{ input.n }}"', '"seconds":"{{ input.n / 10 }}"')
    .replaceAll('"firstDelaySeconds":1', '"firstDelaySeconds":0.1')
    .replaceAll('"timeoutSeconds":5', '"timeoutSeconds":1')
    .replace(/"expiresInSeconds":(60|"{{ 20 \* input\.n }}")/g, '"expiresInSeconds":1.5');
  return JSON.parse(short) as RandomFlow;
}
