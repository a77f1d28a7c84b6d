import { mergedSpans, type Span } from './time-scale.ts';

/** What is needed of a step, and of what a run asked people. Times are ISO 8601. */
export interface TimedStep {
  path: string;
  kind: string;
  startedAt: string | null;
  finishedAt: string | null;
  /** The earlier run whose time it is. */
  reusedFrom: string | null;
}
export interface Asked {
  path: string;
  requestedAt: string;
  closedAt: string | null;
}

/** Kinds whose time is waiting for something else than people, and those that only hold others. */
const WAITS = new Set(['wait', 'callWorkflow']);
const NO_WORK = new Set(['approval', 'forEach', 'while', 'branch', 'parallel', 'try', ...WAITS]);
/** In a shorter pause nothing is waited for, in milliseconds: the platform itself goes from step to step. */
const PAUSE = 1_000;

/** When the steps of a run worked: an effect that asked people first did not work while it waited for them. */
export function workSpans(steps: readonly TimedStep[], asked: readonly Asked[], until: number): Span[] {
  const asks = new Map<string, Span[]>();
  for (const one of asked) asks.set(one.path, [...(asks.get(one.path) ?? []), spanOf(one, until)]);
  return spansOf(
    steps.filter(({ kind }) => !NO_WORK.has(kind)),
    until,
  ).flatMap(({ path, ...span }) => without(span, asks.get(path) ?? []));
}

/** Where the time of a run went, in milliseconds. All three together are its whole time. */
export interface TimeSpent {
  worked: number;
  /** Nothing was done, since people were asked. */
  people: number;
  /** Nothing was done for another reason: a set time, an event, another run, its turn. */
  other: number;
}

/** Parts the time of a run. What happens side by side counts once, and as work where any of it is. */
export function timeSpent(
  { steps, asked }: { steps: readonly TimedStep[]; asked: readonly Asked[] },
  whole: Span,
): TimeSpent {
  const inSteps = workSpans(steps, asked, whole.to);
  const asks = asked.map((one) => spanOf(one, whole.to));
  const waits = spansOf(
    steps.filter(({ kind }) => WAITS.has(kind)),
    whole.to,
  );
  const between = without(whole, [...inSteps, ...asks, ...waits]).filter(({ from, to }) => to - from < PAUSE);
  const work = [...inSteps, ...between];
  const worked = lengthOf(work, whole);
  const people = lengthOf([...work, ...asks], whole) - worked;
  return { worked, people, other: Math.max(0, whole.to - whole.from - worked - people) };
}

function spansOf(steps: readonly TimedStep[], until: number): (Span & { path: string })[] {
  return steps.flatMap(({ path, startedAt, finishedAt, reusedFrom }) =>
    startedAt === null || reusedFrom !== null
      ? []
      : [{ path, ...spanOf({ requestedAt: startedAt, closedAt: finishedAt }, until) }],
  );
}

function spanOf({ requestedAt, closedAt }: Omit<Asked, 'path'>, until: number): Span {
  return { from: Date.parse(requestedAt), to: closedAt === null ? until : Date.parse(closedAt) };
}

function without(span: Span, holes: readonly Span[]): Span[] {
  const left: Span[] = [];
  let { from } = span;
  for (const hole of mergedSpans(holes, span)) {
    if (hole.from > from) left.push({ from, to: hole.from });
    from = Math.max(from, hole.to);
  }
  return from <= span.to ? [...left, { from, to: span.to }] : left;
}

function lengthOf(spans: readonly Span[], whole: Span): number {
  return mergedSpans(spans, whole).reduce(
    (total, { from, to }) => total + Math.max(0, Math.min(to, whole.to) - Math.max(from, whole.from)),
    0,
  );
}
