import type { StepKind } from '../model.ts';
import { randomTemplate, type Choices, type Ref } from './random-expression.ts';

/** What is known where a step stands. */
export interface Surroundings {
  /** What its expressions can name. */
  refs: readonly Ref[];
  /** How often this place runs at most: loops in loops multiply. */
  runs: number;
  /** The workflows that can be called. */
  workflows: readonly string[];
  nextId: () => string;
  /** True when the flow is long enough: what holds steps becomes a plain step. */
  isFull: () => boolean;
}

/** A step without what all kinds share. */
export interface Built {
  fields: object;
  weight: number;
  /** True when its output tells a time or an id, which no expression may look at. */
  opaque?: boolean;
  /** What of its output can be named; all of it when left out. */
  part?: string;
}

/** The kinds of step that hold no others, each as often as it shall come. */
export const LEAF_KINDS = [
  ...['transform', 'http', 'transform', 'postgres', 'wait', 'approval', 'email', 'fail', 'respond'],
  ...['callWorkflow', 'http', 'transform', 'wait', 'transform', 'postgres', 'http', 'approval', 'transform'],
] as [StepKind, ...StepKind[]];

/** The fields of a step of this kind. */
export function leafFields(kind: StepKind, choices: Choices, around: Surroundings): Built {
  const template = () => randomTemplate(choices, around.refs);
  switch (kind) {
    case 'http': {
      const { value, weight } = template();
      const url = `https://example.org/${wayOf(choices)}/${choices.oneIn(12) ? 'deny' : 'go'}`;
      const call = choices.oneIn(4)
        ? { url }
        : { method: choices.of(['POST', 'PUT', 'DELETE']), url, body: value };
      return { fields: { kind, with: call }, weight: weight + 3 };
    }
    case 'postgres': {
      const { value, weight } = template();
      const sql = choices.oneIn(12) ? 'CALL deny($1)' : choices.of(SQL);
      return {
        fields: { kind, with: { connection: wayOf(choices), sql, params: [value] } },
        weight: weight + 4,
      };
    }
    case 'email': {
      const to = choices.oneIn(12) ? 'deny@example.com' : ['ada@example.com'];
      const subject = `On {{ ${choices.of(['input.n', 'input.o', 'run.attempt'])} }}`;
      return {
        fields: { kind, with: { connection: wayOf(choices), to, subject, text: 'Hello' } },
        weight: 2,
      };
    }
    case 'wait':
      return { fields: { kind, ...waitFields(choices) }, weight: 2 };
    case 'approval':
      return { fields: { kind, with: approvalFields(choices, around) }, weight: 1, part: '.decision' };
    case 'callWorkflow':
      return callFields(choices, around);
    case 'respond': {
      const status = choices.oneIn(9)
        ? '{{ input.s }}'
        : choices.of<number | string>([201, '{{ 200 + input.n }}']);
      const fields = { status, headers: { 'X-Number': '{{ input.n }}' }, body: template().value };
      return { fields: { kind, with: fields }, weight: 1 };
    }
    case 'fail': {
      const message = `It fails: {{ ${choices.of(['input.n', 'input.list', 'input.n + input.s'])} }}`;
      return {
        fields: { kind, with: { message, ...(choices.oneIn(2) ? { code: 'STOPPED' } : {}) } },
        weight: 1,
      };
    }
    default: {
      const { value, weight } = template();
      return { fields: { kind: 'transform', with: { value } }, weight };
    }
  }
}

const SQL = ['SELECT $1', 'INSERT INTO notes VALUES ($1)', 'CALL tidy($1)'] as const;

// What becomes of an effect: see runs/testing/scripted-world.ts.
function wayOf(choices: Choices): string {
  if (choices.oneIn(6)) return 'flaky';
  if (choices.oneIn(16)) return 'broken';
  return choices.oneIn(16) ? 'refused' : 'ok';
}

function waitFields(choices: Choices): object {
  switch (choices.below(10)) {
    case 0:
      return { with: { seconds: choices.below(10) } };
    case 1:
      return { with: { until: '2001-01-01T00:00:00Z' } };
    case 2:
      return { with: { event: 'never', timeoutSeconds: 5 } };
    case 3:
      return { with: { event: 'never' }, timeoutSeconds: 5 };
    case 4:
      return { with: { seconds: '{{ input.n }}' } };
    default:
      return { with: { event: choices.of(['go', 'go-{{ input.n }}']) } };
  }
}

function approvalFields(choices: Choices, { refs }: Surroundings): object {
  const say = choices.of(['approve', 'approve', 'approve', 'deny', 'approve', 'ignore']);
  return {
    title: `Please ${say} {{ input.n }}`,
    details: randomTemplate(choices, refs).value,
    ...(choices.oneIn(2) ? { class: choices.of(['A', 'B', 'C']) } : {}),
    expiresInSeconds: choices.of<number | string>([60, '{{ 20 * input.n }}']),
    ...(choices.oneIn(2) ? { onDenied: 'continue' } : {}),
  };
}

function callFields(choices: Choices, { refs, workflows }: Surroundings): Built {
  const [first, ...others] = workflows;
  if (first === undefined)
    return { fields: { kind: 'transform', with: { value: '{{ input }}' } }, weight: 12 };
  const waits = !choices.oneIn(4);
  const input = { ...INPUT_OF_CHILD, o: randomTemplate(choices, refs).value };
  const call = {
    workflow: choices.of([first, ...others, 'unknown']),
    input,
    ...(waits ? {} : { wait: false }),
  };
  return { fields: { kind: 'callWorkflow', with: call }, weight: 60, opaque: true };
}

const INPUT_OF_CHILD = { n: '{{ input.n }}', s: 'other text', list: [1, 2], nothing: null };
