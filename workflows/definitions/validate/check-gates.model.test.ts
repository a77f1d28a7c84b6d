import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { flowWith, refundFlow } from '../testing/flows.ts';
import { RECORDED_TRIALS } from '../../../workers/testing/recorded-trials.ts';
import { stepLists, type Flow, type Step } from '../model.ts';
import { validateDefinition } from '../validate-definition.ts';

/*
 * A second opinion on `checkGates`: a walk over all ways through a definition, which follows the rules of runs (a body
 * has a scope; what was granted in it covers what comes after it there and deeper) and shares no code with the check.
 */

/** How a walk through some steps ended: on to the next ones, or with a failure. `granted`: a Class C yes was given. */
interface Ending {
  granted: boolean;
  failed: boolean;
}

const DESTROYS = /\b(drop|truncate)\b/i;
const endings = (...all: [granted: boolean, failed: boolean][]): Ending[] =>
  all.map(([granted, failed]) => ({ granted, failed }));

/** The ids of Class C actions that some way through the definition reaches without a yes for Class C. */
function reachedUngated(steps: Step[]): Set<string> {
  const found = new Set<string>();
  walkList(steps, false, found);
  return found;
}

/** All the ways through a list of steps, as the set of their endings. */
function walkList(steps: Step[], grantedBefore: boolean, found: Set<string>): Ending[] {
  let ways = endings([grantedBefore, false]);
  for (const step of steps)
    ways = distinct(ways.flatMap((way) => (way.failed ? [way] : walkStep(step, way.granted, found))));
  return ways;
}

function walkStep(step: Step, granted: boolean, found: Set<string>): Ending[] {
  const ways = walkAttempt(step, granted, found);
  if (step.when !== undefined) ways.push({ granted, failed: false });
  // A failure that is passed over grants nothing, whatever was granted before it inside.
  return distinct(
    ways.map((way) => (way.failed && step.onError === 'continue' ? { granted, failed: false } : way)),
  );
}

function walkAttempt(step: Step, granted: boolean, found: Set<string>): Ending[] {
  const inner = (steps: Step[] | undefined) => walkList(steps ?? [], granted, found);
  const outside = (ways: Ending[]) => ways.map(({ failed }) => ({ granted, failed }));
  switch (step.kind) {
    case 'approval': {
      const counts = step.with.class === undefined || step.with.class === 'C';
      const no: [boolean, boolean] = step.with.onDenied === 'continue' ? [granted, false] : [granted, true];
      return endings([granted || counts, false], no);
    }
    case 'branch':
      return [...step.cases.flatMap((one) => inner(one.steps)), ...inner(step.otherwise)].map((way) =>
        way.failed ? { granted, failed: true } : way,
      );
    case 'parallel':
      return outside(step.branches.flatMap((one) => inner(one.steps)));
    case 'forEach':
    case 'while':
      return [{ granted, failed: false }, ...outside(inner(step.steps))];
    case 'try': {
      const body = inner(step.steps);
      const caught = step.catch ? inner(step.catch) : endings([granted, true]);
      inner(step.finally);
      return outside([...body.filter((way) => !way.failed), ...(step.catch ? caught : body)]);
    }
    default:
      if (step.kind === 'postgres' && DESTROYS.test(step.with.sql) && !granted) found.add(step.id);
      return step.kind === 'fail' ? endings([granted, true]) : endings([granted, false], [granted, true]);
  }
}

function distinct(ways: Ending[]): Ending[] {
  return [...new Map(ways.map((way) => [`${way.granted} ${way.failed}`, way])).values()];
}

/** What the check says. */
function missing(flow: unknown): Set<string> {
  const issues = validateDefinition(flow).filter(({ code }) => code === 'GATE_MISSING');
  return new Set(issues.map(({ stepId }) => stepId ?? ''));
}
const sorted = (ids: Set<string>) => [...ids].sort();

const read = (path: string) => readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8');
const DEMOS = '../../../workers/local/demo/';
const bundled: [string, Flow][] = readdirSync(new URL(DEMOS, import.meta.url))
  .filter((name) => name.endsWith('.flow.json'))
  .map((name) => [name, JSON.parse(read(DEMOS + name)) as Flow]);

describe('the definitions that come with the platform', () => {
  it.each<[string, Flow]>([['refundFlow', refundFlow()], ...bundled])(
    '%s reaches nothing ungated',
    (_, flow) => {
      expect([sorted(missing(flow)), sorted(reachedUngated(flow.steps))]).toEqual([[], []]);
    },
  );

  it.each(Object.entries(RECORDED_TRIALS))('trial %s: check and walk agree', (_, { steps: trial }) => {
    expect(sorted(missing(flowWith(trial as never)))).toEqual(sorted(reachedUngated(trial)));
  });

  it('are some', () => {
    expect(bundled.length).toBeGreaterThan(0);
  });
});

type Tree = (id: () => string) => object;

/** A step of a kind that matters here, nested up to `depth` deep. */
const leaf: fc.Arbitrary<Tree> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constant<Tree>((id) => ({
      id: id(),
      kind: 'postgres',
      with: { connection: 'db', sql: 'DROP TABLE x' },
    })),
  },
  {
    weight: 4,
    arbitrary: fc
      .record({
        class: fc.constantFrom(undefined, 'A', 'B', 'C', 'C', 'C'),
        onDenied: fc.constantFrom(undefined, undefined, undefined, 'fail', 'continue'),
      })
      .map<Tree>((fields) => (id) => ({
        id: id(),
        kind: 'approval',
        with: { title: 'Yes?', ...given(fields) },
      })),
  },
  fc.constant<Tree>((id) => ({ id: id(), kind: 'http', with: { url: 'https://a.example' } })),
  fc.constant<Tree>((id) => ({ id: id(), kind: 'fail', with: { message: 'No' } })),
  fc.constant<Tree>((id) => ({ id: id(), kind: 'transform', with: { value: 1 } })),
);

function given(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function listOf(step: fc.Arbitrary<Tree>, least = 1): fc.Arbitrary<Tree[]> {
  return fc.array(step, { minLength: least, maxLength: 3 });
}

function stepOf(depth: number): fc.Arbitrary<Tree> {
  const plain = depth === 0 ? leaf : fc.oneof({ weight: 3, arbitrary: leaf }, containerOf(stepOf(depth - 1)));
  return fc
    .tuple(
      plain,
      fc.constantFrom(undefined, undefined, undefined, '{{ input.x }}'),
      fc.constantFrom(undefined, undefined, undefined, 'continue'),
    )
    .map(([tree, when, onError]) => (id) => ({ ...tree(id), ...given({ when, onError }) }));
}

function containerOf(step: fc.Arbitrary<Tree>): fc.Arbitrary<Tree> {
  const grow = (trees: Tree[], id: () => string) => trees.map((tree) => tree(id));
  return fc.oneof(
    fc
      .record({
        cases: fc.array(listOf(step), { minLength: 1, maxLength: 2 }),
        otherwise: fc.option(listOf(step, 0)),
      })
      .map<Tree>(({ cases, otherwise }) => (id) => ({
        ...{ id: id(), kind: 'branch' },
        cases: cases.map((steps) => ({ when: '{{ input.x }}', steps: grow(steps, id) })),
        ...(otherwise ? { otherwise: grow(otherwise, id) } : {}),
      })),
    fc.array(listOf(step), { minLength: 1, maxLength: 2 }).map<Tree>((branches) => (id) => ({
      ...{ id: id(), kind: 'parallel' },
      branches: branches.map((steps, i) => ({ id: `b${i}`, steps: grow(steps, id) })),
    })),
    listOf(step).map<Tree>((steps) => (id) => ({
      id: id(),
      kind: 'forEach',
      items: [1],
      as: 'x',
      steps: grow(steps, id),
    })),
    listOf(step).map<Tree>((steps) => (id) => ({
      ...{ id: id(), kind: 'while', condition: '{{ input.x }}', maxIterations: 2 },
      steps: grow(steps, id),
    })),
    fc
      .record({ steps: listOf(step), caught: fc.option(listOf(step, 0)), last: fc.option(listOf(step)) })
      .map<Tree>(({ steps, caught, last }) => (id) => ({
        ...{ id: id(), kind: 'try', steps: grow(steps, id) },
        ...(caught ? { catch: grow(caught, id) } : {}),
        ...(last ? { finally: grow(last, id) } : {}),
      })),
  );
}

const steps = listOf(stepOf(3)).map((trees) => {
  let n = 0;
  return trees.map((tree) => tree(() => `s${++n}`)) as unknown as Step[];
});

describe('random definitions', () => {
  it('check and walk name the same actions', () => {
    const seen = { harmless: 0, ungated: 0, guarded: 0 };
    fc.assert(
      fc.property(steps, (list) => {
        const flow = flowWith(list as never);
        const [checked, walked] = [missing(flow), reachedUngated(list)];
        const kinds = new Set(allSteps(list).map((step) => step.kind));
        seen[checked.size > 0 ? 'ungated' : kinds.has('postgres') ? 'guarded' : 'harmless'] += 1;
        // No action that some way reaches ungated is left out: this must hold whatever else happens.
        expect(sorted(checked)).toEqual(expect.arrayContaining(sorted(walked)));
        // Only behind a step that always fails does the check name more than any way can reach.
        if (!kinds.has('fail')) expect(sorted(checked)).toEqual(sorted(walked));
      }),
      { numRuns: 2_000 },
    );
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(50);
  }, 60_000);
});

function allSteps(list: Step[]): Step[] {
  return list.flatMap((step) => [step, ...stepLists(step).flatMap((inner) => allSteps(inner.steps))]);
}
