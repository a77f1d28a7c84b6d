import { stepLists, type Flow, type StepKind } from '../definitions/model.ts';
import { canonicalJson, isJsonObject, type Json } from '../json.ts';
import type { RunError, StepStatus } from './model.ts';
import { stopsOf } from './step-path.ts';

/** A value as it is compared: itself, or the hash of one that is stored. */
export type ComparedValue = { value: Json } | { sha256: string };

/** A step of a run, as it is compared. Times are ISO 8601. */
export interface ComparedStep {
  path: string;
  stepId: string;
  kind: StepKind;
  status: StepStatus;
  attempt: number;
  startedAt: string | null;
  finishedAt: string | null;
  input: ComparedValue;
  output: ComparedValue;
  error: RunError | null;
  /** Whether the result was taken over from an earlier run: then its times are of that one. */
  reused: boolean;
}

/** What is different about a step first. */
export type DivergenceKind = 'MISSING' | 'INPUT' | 'STATUS' | 'ERROR' | 'OUTPUT';

/** The first step at which two runs went different ways, with what each of them has there. */
export interface Divergence {
  path: string;
  what: DivergenceKind;
  left: Json;
  right: Json;
}

/** One run's side of a step. */
export interface StepSide {
  status: StepStatus;
  /** Milliseconds from its begin to its end; null when it has not both. */
  durationMs: number | null;
  attempt: number;
  /** Whether its result was taken over from an earlier run, whose time it is. */
  reused: boolean;
}

/** A step in both runs; null on the side of a run that never came to it. */
export interface StepComparison {
  path: string;
  left: StepSide | null;
  right: StepSide | null;
  same: boolean;
  /** All that is different, what comes first in front. */
  differs: DivergenceKind[];
  /** By how many milliseconds the right one took longer; null unless both runs did the step themselves. */
  slowerByMs: number | null;
}

/** Two runs side by side. */
export interface RunComparison {
  same: boolean;
  firstDivergence: Divergence | null;
  steps: StepComparison[];
}

/** A run as it is compared: its definition, and its steps in any order. */
export interface ComparedRun {
  /** As its expressions see it: that two runs have two ids is no difference. */
  id: string;
  flow: Flow;
  steps: readonly ComparedStep[];
}

/**
 * Compares two runs step by step, in the order of the definition; steps are paired by path. Containers are compared
 * without their outputs, which are made of those inside, and effects without what differs at each call.
 */
export function compareRuns(left: ComparedRun, right: ComparedRun): RunComparison {
  const ids = [left.id, right.id];
  const [ofLeft, ofRight] = [byPath(left, ids), byPath(right, ids)];
  const divergences: Divergence[] = [];
  const steps = orderedPaths(left, right).map((path): StepComparison => {
    const [one, other] = [ofLeft.get(path), ofRight.get(path)];
    const found = divergencesAt(path, one, other);
    divergences.push(...found.slice(0, 1));
    const [ours, theirs] = [sideOf(one), sideOf(other)];
    return {
      ...{ path, left: ours, right: theirs, same: found.length === 0 },
      differs: found.map(({ what }) => what),
      slowerByMs: slowerBy(ours, theirs),
    };
  });
  return { same: divergences.length === 0, firstDivergence: originOf(divergences), steps };
}

/** The first divergence; when it is a container that ended in another way, then the first one inside of it. */
function originOf(divergences: Divergence[]): Divergence | null {
  let [origin] = divergences;
  for (const one of divergences)
    if (origin && (origin.what === 'STATUS' || origin.what === 'ERROR') && isInside(one.path, origin.path))
      origin = one;
  return origin ?? null;
}

function isInside(path: string, container: string): boolean {
  return path.startsWith(`${container}/`) || path.startsWith(`${container}[`);
}

/** All divergences of a step: what it was given comes before how it went, and that before what it gave. */
function divergencesAt(
  path: string,
  left: ComparedStep | undefined,
  right: ComparedStep | undefined,
): Divergence[] {
  if (!left || !right)
    return [{ path, what: 'MISSING', left: left?.status ?? null, right: right?.status ?? null }];
  const found: Divergence[] = [];
  const note = (what: DivergenceKind, one: Json, other: Json) =>
    void found.push({ path, what, left: one, right: other });
  if (textOf(left.input) !== textOf(right.input)) note('INPUT', shown(left.input), shown(right.input));
  if (left.status !== right.status) note('STATUS', left.status, right.status);
  if (errorText(left.error) !== errorText(right.error))
    note('ERROR', errorJson(left.error), errorJson(right.error));
  const [one, other] = [lasting(left), lasting(right)];
  if (textOf(one) !== textOf(other)) note('OUTPUT', shown(one), shown(other));
  return found;
}

const CONTAINERS = new Set<StepKind>(['branch', 'parallel', 'forEach', 'while', 'try']);
/** Fields of outputs that are other ones at each call: times, ids, people. */
const PASSING: Partial<Record<StepKind, string[]>> = {
  http: ['headers'],
  email: ['messageId'],
  approval: ['decidedAt', 'decidedBy', 'reason'],
};

function lasting({ kind, output }: ComparedStep): ComparedValue {
  if (CONTAINERS.has(kind)) return { value: null };
  const passing = PASSING[kind];
  if (!passing || !('value' in output) || !isJsonObject(output.value)) return output;
  return {
    value: Object.fromEntries(Object.entries(output.value).filter(([name]) => !passing.includes(name))),
  };
}

/** Longer values are cut: characters of JSON text. */
const SHOWN_CHARACTERS = 2_000;

function shown(value: ComparedValue): Json {
  if ('sha256' in value) return { levqor: 'stored', sha256: value.sha256 };
  const text = JSON.stringify(value.value);
  return text.length <= SHOWN_CHARACTERS ? value.value : `${text.slice(0, SHOWN_CHARACTERS - 1)}…`;
}

// The texts of the two forms can never be equal.
function textOf(value: ComparedValue): string {
  return 'sha256' in value ? `sha256 ${value.sha256}` : canonicalJson(value.value);
}

// Without the details, which may hold times and ids of their own.
function errorJson(error: RunError | null): Json {
  return error && { code: error.code, message: error.message };
}

function errorText(error: RunError | null): string {
  return canonicalJson(errorJson(error));
}

function sideOf(step: ComparedStep | undefined): StepSide | null {
  if (!step) return null;
  const { status, attempt, startedAt, finishedAt, reused } = step;
  const durationMs = startedAt && finishedAt ? Date.parse(finishedAt) - Date.parse(startedAt) : null;
  return { status, attempt, durationMs, reused };
}

function slowerBy(left: StepSide | null, right: StepSide | null): number | null {
  if (!left || !right || left.reused || right.reused) return null;
  if (left.durationMs === null || right.durationMs === null) return null;
  return right.durationMs - left.durationMs;
}

function byPath({ steps }: ComparedRun, ids: string[]): Map<string, ComparedStep> {
  return new Map(
    steps.map((step) => [
      step.path,
      { ...step, input: withoutIds(step.input, ids), output: withoutIds(step.output, ids) },
    ]),
  );
}

/** The Message-ID of a letter, which is made of the run that sent it. */
const MESSAGE_ID = /<[0-9a-f]{40}@levqor>/g;

// What was taken over from the other run has the id of that one, so both count as one.
function withoutIds(compared: ComparedValue, ids: string[]): ComparedValue {
  if ('sha256' in compared) return compared;
  const text = JSON.stringify(compared.value);
  const alike = ids
    .reduce((now, id) => now.replaceAll(id, '{{ run.id }}'), text)
    .replaceAll(MESSAGE_ID, '{{ message id }}');
  return alike === text ? compared : { value: JSON.parse(alike) as Json };
}

/** The paths of both runs in the order of the left definition, or of the right one for what only that has. */
function orderedPaths(left: ComparedRun, right: ComparedRun): string[] {
  const paths = [...new Set([...left.steps, ...right.steps].map((step) => step.path))];
  const ranks = new Map(
    paths.map((path) => [path, rankOf(left.flow, path) ?? rankOf(right.flow, path) ?? []]),
  );
  return paths.sort((one, other) => compareRanks(ranks.get(one) ?? [], ranks.get(other) ?? []));
}

// Item or branch, list, and position in it, from the outermost container to the step: as the walk comes by.
function rankOf(flow: Flow, path: string): number[] | null {
  const stops = stopsOf(flow.steps, path);
  if (!stops) return null;
  return stops.flatMap(({ step, body, part }, i) => {
    const next = stops[i + 1];
    const own = body.indexOf(step);
    if (!next) return [own];
    const list = stepLists(step).findIndex(({ steps }) => steps === next.body);
    return [own, part.startsWith('[') ? Number(part.slice(1, -1)) : list];
  });
}

function compareRanks(left: number[], right: number[]): number {
  for (const [i, rank] of left.entries()) {
    const other = right[i];
    if (other === undefined) return 1;
    if (rank !== other) return rank - other;
  }
  return left.length - right.length;
}
