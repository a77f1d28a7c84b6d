import { stepLists, type Step } from '../model.ts';
import { Choices, randomCondition, randomTemplate, type Ref } from './random-expression.ts';
import { LEAF_KINDS, leafFields, type Built, type Surroundings } from './random-leaves.ts';

/** What becomes a step: the numbers decide everything but its place in the tree. */
export interface Plan {
  numbers: number[];
  /** Empty for a step that holds no others. */
  bodies: Plan[][];
}

/** Steps of a body, and what can be named after them. */
interface Body {
  steps: Step[];
  refs: Ref[];
  weight: number;
  /** True when its output tells a time or an id, which no expression may look at. */
  opaque: boolean;
}

const MOST_RUNS = 16;
const CONTAINERS = ['try', 'branch', 'forEach', 'parallel', 'while'] as const;

/** Makes the steps of a body, one after another: each can name those before it. */
export function buildSteps(plans: readonly Plan[], around: Surroundings): Body {
  const body: Body = { steps: [], refs: [...around.refs], weight: 1, opaque: false };
  for (const plan of plans) {
    const { step, weight, opaque, part } = buildStep(plan, { ...around, refs: body.refs });
    body.steps.push(step);
    const result = resultOf(step.id);
    if (!opaque) body.refs.push({ text: `${result}.output${part ?? ''}`, weight });
    if (step.onError === 'continue') body.refs.push({ text: `${result}.error.code`, weight: 1 });
    body.weight = Math.max(body.weight, weight);
    body.opaque ||= opaque || part !== undefined;
  }
  return body;
}

const resultOf = (id: string) => `steps.${id.includes('-') ? `\`${id}\`` : id}`;

function buildStep(plan: Plan, around: Surroundings) {
  const choices = new Choices(plan.numbers);
  const id = around.nextId();
  const holds = plan.bodies.length > 0 && !around.isFull();
  const built = holds
    ? containerFields(plan.bodies, choices, around)
    : leafFields(choices.of(LEAF_KINDS), choices, around);
  const step = { id, ...built.fields } as Step;
  if (choices.oneIn(7)) step.when = randomCondition(choices, around.refs);
  if (choices.oneIn(7)) step.onError = 'continue';
  // What of the work side by side is done before a failure is left to chance: to do it again would be, too.
  if (choices.oneIn(4) && isInOrder(step))
    step.retry = { attempts: 2 + choices.below(2), firstDelaySeconds: 1 };
  if (holds && choices.oneIn(6)) step.timeoutSeconds = 20_000_000;
  return { step, weight: built.weight, opaque: built.opaque ?? false, part: built.part };
}

function containerFields(bodies: Plan[][], choices: Choices, around: Surroundings): Built {
  switch (choices.of(CONTAINERS)) {
    case 'try':
      return tryFields(bodies, around);
    case 'branch':
      return branchFields(bodies, choices, around);
    case 'forEach':
      return forEachFields(bodies, choices, around);
    case 'parallel':
      return parallelFields(bodies, around);
    case 'while':
      return whileFields(bodies, choices, around);
  }
}

const ERROR_REFS: Ref[] = [
  'error.code',
  'error.stepId',
  '(error.code in ["FAILED", "STOPPED"] ? error.message : error.code)',
].map((text) => ({ text, weight: 1 }));

function tryFields([first = [], second, third]: Plan[][], around: Surroundings): Built {
  const body = buildSteps(first, around);
  const caught = second && buildSteps(second, { ...around, refs: [...around.refs, ...ERROR_REFS] });
  const last = third && buildSteps(third, around);
  return {
    fields: {
      ...{ kind: 'try', steps: body.steps },
      ...(caught ? { catch: caught.steps } : {}),
      ...(last ? { finally: last.steps } : {}),
    },
    weight: Math.max(body.weight, caught?.weight ?? 0),
    opaque: body.opaque || (caught?.opaque ?? false),
  };
}

function branchFields(bodies: Plan[][], choices: Choices, around: Surroundings): Built {
  const built = bodies.map((plans) => buildSteps(plans, around));
  const otherwise = built.length > 1 && choices.oneIn(2) ? built.at(-1) : null;
  const cases = built.filter((one) => one !== otherwise);
  return {
    fields: {
      kind: 'branch',
      cases: cases.map(({ steps }) => ({ when: randomCondition(choices, around.refs), steps })),
      ...(otherwise ? { otherwise: otherwise.steps } : {}),
    },
    weight: Math.max(...built.map(({ weight }) => weight)),
    opaque: built.some(({ opaque }) => opaque),
  };
}

function parallelFields(bodies: Plan[][], around: Surroundings): Built {
  const built = bodies.map((plans) => buildSteps(plans, around));
  return {
    fields: {
      kind: 'parallel',
      branches: built.map(({ steps }, i) => ({ id: ['left', 'in-between', 'right'][i], steps })),
    },
    weight: built.reduce((sum, { weight }) => sum + weight, 1),
    opaque: built.some(({ opaque }) => opaque),
  };
}

function forEachFields([plans = []]: Plan[][], choices: Choices, around: Surroundings): Built {
  const { items, count, weight } = randomItems(choices, around);
  const as = choices.of(['item', 'line', 'x_1']);
  const vars: Ref[] = [
    { text: 'index', weight: 1 },
    { text: as, weight },
  ];
  const inner = { ...around, runs: around.runs * Math.max(1, count), refs: [...around.refs, ...vars] };
  const body = buildSteps(plans, inner);
  const concurrency = choices.oneIn(2) ? { concurrency: 1 + choices.below(3) } : {};
  return {
    fields: { kind: 'forEach', items, as, ...concurrency, steps: body.steps },
    weight: 1 + count * body.weight,
    opaque: body.opaque,
  };
}

function randomItems(choices: Choices, { refs, runs }: Surroundings) {
  const most = Math.max(1, Math.floor(MOST_RUNS / runs));
  const count = 1 + choices.below(Math.min(4, most));
  const range = { items: `{{ [1..${count}] }}`, count, weight: 1 };
  const newest = refs.at(-1);
  switch (choices.below(6)) {
    case 1:
      return { items: '{{ input.nothing }}', count: 0, weight: 1 };
    case 2:
      return { items: '{{ input.o }}', count: 1, weight: 4 };
    case 3: {
      const { value, weight } = randomTemplate(choices, refs);
      return { items: [value, 'last'].slice(0, most), count: Math.min(2, most), weight };
    }
    case 4:
      return newest && newest.weight <= most
        ? { ...newest, items: `{{ ${newest.text} }}`, count: newest.weight }
        : range;
    case 5:
      return most >= 4 ? { items: '{{ input.list }}', count: 4, weight: 2 } : range;
    default:
      return range;
  }
}

function whileFields([plans = []]: Plan[][], choices: Choices, around: Surroundings): Built {
  const rounds = choices.below(Math.min(4, Math.max(1, Math.floor(MOST_RUNS / around.runs)) + 1));
  const refs = [...around.refs, { text: 'index', weight: 1 }];
  const body = buildSteps(plans, { ...around, refs, runs: around.runs * Math.max(1, rounds) });
  const result = `${resultOf(body.steps[0]?.id ?? '')}.output`;
  const conditions = [
    `index < ${rounds}`,
    `index < ${rounds} and $type(${result}) != "boolean"`,
    `${result} != 4 and index < ${rounds}`,
  ] as const;
  return {
    fields: {
      kind: 'while',
      condition: `{{ ${choices.of(conditions)} }}`,
      maxIterations: choices.oneIn(5) ? Math.max(1, rounds - 1) : rounds + 1,
      steps: body.steps,
    },
    weight: body.weight,
    opaque: body.opaque,
  };
}

/** True when all the steps of a step run one after another. */
function isInOrder(step: Step): boolean {
  if (step.kind === 'parallel' || (step.kind === 'forEach' && (step.concurrency ?? 1) > 1)) return false;
  return stepLists(step).every((list) => list.steps.every(isInOrder));
}
