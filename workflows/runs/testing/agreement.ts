import { isDeepStrictEqual } from 'node:util';
import type { RandomFlow } from '../../definitions/testing/random-flow.ts';
import type { RunId } from '../../ids.ts';
import type { Json } from '../../json.ts';
import type { CloseRunInput, EffectInput } from '../activities.ts';
import type { PastStep } from '../past-steps.ts';
import type { FakeWorld } from './fake-world.ts';
import type { Trial } from './trial.ts';
import type { Note, ReferenceEnd } from './reference-model.ts';
import { referenceRun } from './reference-run.ts';
import type { ScriptedWorld } from './scripted-world.ts';

/** What can be seen of a run that is over. */
export interface SeenRun {
  end: CloseRunInput;
  steps: PastStep[];
  /** What was recorded, as the database tells it apart: path, attempt and kind. */
  events: string[];
  /** The paths of the effects that were done, an entry for each attempt. */
  calls: string[];
  /** The paths at which people were asked. */
  asked: string[];
  read: FakeWorld['read'];
}

/** The trial of a random definition, in this world. */
export function trialOf({ flow, children, input, stage }: RandomFlow, { effect }: ScriptedWorld): Trial {
  return { steps: flow.steps, flow, children, input, launchStage: stage, effect };
}

/** What a world saw of a run. `repeats` when Temporal may have made attempts, and recorded events, more than once. */
export function seenIn(world: FakeWorld, end: CloseRunInput, { repeats = false } = {}): SeenRun {
  const { runId } = end;
  const isIts = (one: { runId: RunId }) => one.runId === runId;
  const calls = world.effects.filter(isIts);
  const requests = [...world.approvals.values()].map(({ request }) => request);
  return {
    ...{ end, steps: world.stepsOf(runId), read: (held) => world.read(held) },
    events: (world.eventsOf.get(runId) ?? [])
      .filter(() => !repeats)
      .map(({ path, attempt, kind }) => `${path} ${attempt} ${kind}`),
    calls: (repeats ? distinct(calls) : calls).map(({ path }) => path),
    asked: requests.filter(isIts).map(({ path }) => path),
  };
}

/**
 * A run again together with what it took over from the first one: the two should look like one run from the start.
 * `reused` are the paths whose results were taken over.
 */
export function joined(first: SeenRun, again: SeenRun, reused: readonly string[]): SeenRun {
  const isReused = (path: string) => reused.includes(path);
  return {
    ...again,
    steps: [...first.steps.filter(({ path }) => isReused(path)), ...again.steps],
    calls: [...first.calls.filter(isReused), ...again.calls],
    asked: [...first.asked.filter(isReused), ...again.asked],
  };
}

function distinct(calls: EffectInput[]): EffectInput[] {
  return [...new Map(calls.map((call) => [`${call.path} ${call.attempt}`, call])).values()];
}

/** Everything in which a run differs from the plain reading of its definition; empty when they agree. */
export async function disagreements(random: RandomFlow, seen: SeenRun): Promise<string[]> {
  const atPath = new Map(seen.steps.map((step) => [step.path, step]));
  const reference = await referenceRun({
    ...random,
    startedAt: '2030-01-01T00:00:00.000Z',
    first: (path, failures) => {
      const { error = null } = atPath.get(path) ?? {};
      const named = failures.find((failure) => failure.error.path === error?.path);
      return named ?? failures[0]!;
    },
  });
  return [
    ...endDisagreements(reference, seen),
    ...stepDisagreements(reference.notes, seen),
    ...callDisagreements(reference.notes, seen),
    ...askDisagreements(reference.notes, seen),
    ...answerDisagreements(reference.notes, seen),
    ...repeatedEvents(seen),
  ];
}

/** An empty list, or a list with this text. */
const unless = (agree: boolean, text: string): string[] => (agree ? [] : [text]);
const show = (value: unknown) => JSON.stringify(value);

function endDisagreements({ status, output, error }: ReferenceEnd, { end, read }: SeenRun): string[] {
  const given = end.output ? read(end.output) : null;
  return [
    ...unless(end.status === status, `the run is ${end.status}, not ${status}: ${show(end.error)}`),
    ...unless(isSame(given, output), `its output is ${show(given)}, not ${show(output)}`),
    ...unless(
      end.error?.code === error?.code && end.error?.path === error?.path,
      `its error is ${show(end.error)}, not ${show(error)}`,
    ),
    ...unless(
      error === null || !isWritten(error) || end.error?.message === error.message,
      `its error says ${show(end.error?.message)}, not ${show(error?.message)}`,
    ),
  ];
}

// The words of all others are the platform's.
const isWritten = ({ code }: { code: string }) => ['FAILED', 'STOPPED'].includes(code);

function stepDisagreements(notes: Note[], { steps, read }: SeenRun): string[] {
  const byPath = new Map<string, Note[]>();
  for (const note of notes)
    if (note.what === 'step') byPath.set(note.path, [...(byPath.get(note.path) ?? []), note]);
  const seen = new Set(steps.map(({ path }) => path));
  const missing = [...byPath].filter(([path, all]) => !seen.has(path) && !all.some(({ cut }) => cut));
  return [
    ...missing.map(([path]) => `${path} never ran`),
    ...steps.flatMap((step) => {
      const all = byPath.get(step.path) ?? [];
      const cut = all.some((note) => note.cut);
      if (cut && step.status === 'CANCELLED') return [];
      const output = step.status === 'SUCCEEDED' ? read(step.output) : null;
      const fits = (note: Note | undefined) =>
        note?.status === step.status &&
        (step.status === 'FAILED' ? note.code === step.error?.code : isSame(output, note.output ?? null));
      const [is, wanted] = [[step.status, output, step.error?.code], cut ? all : all.at(-1)];
      return unless(
        cut ? all.some(fits) : fits(all.at(-1)),
        `${step.path} is ${show(is)}, not ${show(wanted)}`,
      );
    }),
  ];
}

// What was surely done was done just as often; what may have been cut, at most as often.
function callDisagreements(notes: Note[], { calls }: SeenRun): string[] {
  const wanted = notes.filter(({ what }) => what === 'call');
  const count = (list: { path: string }[], path: string) => list.filter((one) => one.path === path).length;
  const done = calls.map((path) => ({ path }));
  return [...new Set([...calls, ...wanted.map(({ path }) => path)])].flatMap((path) => {
    const times = count(done, path);
    const most = count(wanted, path);
    const isCut = wanted.some((one) => one.path === path && one.cut);
    return unless(
      isCut ? times <= most : times === most,
      `the effect at ${path} was done ${times} times, not ${most}`,
    );
  });
}

function askDisagreements(notes: Note[], { asked }: SeenRun): string[] {
  const wanted = notes.filter(({ what }) => what === 'ask');
  const paths = new Set(wanted.map(({ path }) => path));
  return [
    ...asked.filter((path) => !paths.has(path)).map((path) => `people were asked at ${path}`),
    ...wanted
      .filter(({ path, cut }) => !cut && !asked.includes(path))
      .map(({ path }) => `nobody was asked at ${path}`),
  ];
}

function answerDisagreements(notes: Note[], { end }: SeenRun): string[] {
  const answers = notes.filter(({ what }) => what === 'answer');
  const given = end.response as unknown as Json;
  const isOne = answers.some(({ output }) => isSame(given, output ?? null));
  const mayBeNone = answers.every(({ cut }) => cut);
  return unless(
    given === null ? mayBeNone : isOne,
    `the answer is ${show(given)}, not one of ${show(answers)}`,
  );
}

// A second event of the same key would be lost in the database. A step may begin, and wait, more than once an attempt.
function repeatedEvents({ events }: SeenRun): string[] {
  const once = events.filter((event) => !/ (STARTED|WAITING)$/.test(event));
  return once.filter((event, i) => once.indexOf(event) < i).map((event) => `${event} was recorded twice`);
}

/** Equal but for times of decisions and ids of runs, which no reading can tell. */
function isSame(one: Json, other: Json): boolean {
  return isDeepStrictEqual(timeless(one), timeless(other));
}

function timeless(value: Json): Json {
  return JSON.parse(
    JSON.stringify(value, (key, one: Json) => (key === 'decidedAt' || key === 'runId' ? '' : one)),
  ) as Json;
}
