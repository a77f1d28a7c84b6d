import { z } from 'zod';
import { stepLists, type Flow, type Step } from '../definitions/model.ts';
import { RESERVED_NAMES } from '../definitions/step-fields.ts';
import type { Json } from '../json.ts';

const pinSchema = z.union([
  z.strictObject({ output: z.json() }),
  z.strictObject({
    error: z.strictObject({
      code: z.string().regex(/^[A-Z][A-Z0-9_]{0,63}$/),
      message: z.string().min(1).max(2_000),
    }),
  }),
]);

/** A result that is given to a step instead of its work. */
export type Pin = z.output<typeof pinSchema>;

/** What a test run may do with effects that have no result given: refuse them, or do them. */
export const UNPINNED_EFFECTS = ['FAIL', 'RUN'] as const;

/** How a test run differs from a run: which results are given, where it stops, what runs alone. */
export interface TestPlan {
  /** By step id: the result in every iteration. */
  pins: Record<string, Pin>;
  /** The run ends with the output of this step as soon as it first finished. */
  until: string | null;
  /** Only this step runs, wherever it stands. */
  only: string | null;
  /** What `only` sees besides input and pins: loop variables, `index`, `error`. */
  vars: Record<string, Json>;
  unpinnedEffects: (typeof UNPINNED_EFFECTS)[number];
}

/** What is wrong with a plan: the field, such as `pins.charge`, and what to do. */
export interface TestPlanIssue {
  field: string;
  message: string;
}

/** All that keeps a plan from being run on this definition; empty when nothing does. */
export function testPlanIssues(flow: Flow, plan: TestPlan): TestPlanIssue[] {
  const places = placesOf(flow.steps);
  const unknown = (field: string, id: string): TestPlanIssue[] =>
    places.has(id) ? [] : [{ field, message: `The definition has no step "${id}". Use the id of a step.` }];
  const named = [
    ...Object.keys(plan.pins).flatMap((id) => unknown(`pins.${id}`, id)),
    ...(plan.until === null ? [] : unknown('until', plan.until)),
    ...(plan.only === null ? [] : unknown('only', plan.only)),
  ];
  return [...named, ...formIssues(plan), ...varIssues(plan), ...reachIssues(places, plan)];
}

function formIssues({ pins }: TestPlan): TestPlanIssue[] {
  return Object.entries(pins)
    .filter(([, pin]) => !pinSchema.safeParse(pin).success)
    .map(([id]) => ({
      field: `pins.${id}`,
      message:
        'Give { "output": … }, or { "error": { "code": …, "message": … } } with a code such as HTTP_STATUS.',
    }));
}

const LOOP_VARS = new Set(['index', 'error']);

function varIssues({ only, vars }: TestPlan): TestPlanIssue[] {
  const names = Object.keys(vars);
  if (only === null && names.length > 0)
    return [
      { field: 'vars', message: 'Variables go with a step that runs alone. Set only, or leave them out.' },
    ];
  return names
    .filter((name) => RESERVED_NAMES.some((one) => one === name) && !LOOP_VARS.has(name))
    .map((name) => ({
      field: `vars.${name}`,
      message: `${name} is made of the input and the pins. Leave it out here.`,
    }));
}

function reachIssues(places: Map<string, string[]>, { pins, until, only }: TestPlan): TestPlanIssue[] {
  if (only !== null && Object.hasOwn(pins, only))
    return [
      {
        field: `pins.${only}`,
        message: 'This step runs alone, so its result cannot be given. Remove the pin.',
      },
    ];
  if (until === null) return [];
  const holders = places.get(until) ?? [];
  if (only !== null && places.has(until) && until !== only && !holders.includes(only))
    return [
      {
        field: 'until',
        message: `"${until}" is not inside "${only}", which runs alone. Leave one of them out.`,
      },
    ];
  const pinned = holders.find((id) => Object.hasOwn(pins, id));
  if (pinned === undefined) return [];
  return [
    { field: 'until', message: `"${until}" never runs: the result of "${pinned}" around it is given.` },
  ];
}

/** The ids of the containers around each step, outermost first, by the id of the step. */
function placesOf(steps: Step[], holders: string[] = []): Map<string, string[]> {
  const places = new Map<string, string[]>();
  for (const step of steps) {
    places.set(step.id, holders);
    for (const list of stepLists(step))
      for (const [id, around] of placesOf(list.steps, [...holders, step.id])) places.set(id, around);
  }
  return places;
}

/** The step of this id, wherever it stands. */
export function findStep(steps: Step[], id: string): Step | null {
  for (const step of steps) {
    if (step.id === id) return step;
    for (const list of stepLists(step)) {
      const found = findStep(list.steps, id);
      if (found) return found;
    }
  }
  return null;
}
