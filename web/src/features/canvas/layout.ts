import type { Knot, Thread } from './thread.ts';

/** Where in the picture "now" stands, as a part of its width from the start. */
export const HEAD = 0.86;
/** How wide the bow from a workflow to a run is at least, as a part of the width. */
export const BOW = 0.34;
/** How far threads stay from the upper and lower edge, as a part of the height. */
const EDGE = 0.05;

/** What of the time the picture shows. Milliseconds. */
export interface View {
  now: number;
  /** How much time lies between the start of the picture and "now". */
  span: number;
}

/** Where a thread runs: parts of the width and of the height. */
export interface Place {
  /** The height at which its workflow begins. */
  rootY: number;
  /** The height at which it runs. */
  laneY: number;
}

/** A thread in a view: a bow from its workflow, then straight on. Parts of the width and of the height. */
export interface Course extends Place {
  bowX: number;
  startX: number;
  endX: number;
  /** How clearly it is seen, 0 to 1: less the longer it is over. */
  strength: number;
  isOpen: boolean;
}

/** A colour by the name of its token. */
export type Ink = 'thread' | 'wait' | 'fail' | 'idle';

/** What can stand on a thread; `waiting` is a gate that is open now, `head` where a run goes on. */
export type MarkKind = Knot['kind'] | 'waiting' | 'head';

/** Something drawn on a thread. */
export interface Mark {
  kind: MarkKind;
  x: number;
  y: number;
  /** How many times its usual size it has: what was just there is larger for a moment. */
  swell: number;
}

/** Colour and radius, in pixels, of each mark. */
export const MARKS: Record<MarkKind, { ink: Ink; radius: number }> = {
  step: { ink: 'thread', radius: 2.2 },
  gate: { ink: 'wait', radius: 3 },
  failure: { ink: 'fail', radius: 4 },
  waiting: { ink: 'wait', radius: 6 },
  head: { ink: 'thread', radius: 2.8 },
};

/** Where a moment stands, as a part of the width. */
export function xOf(at: number, { now, span }: View): number {
  return HEAD * (1 - (now - at) / span);
}

/** Where each thread runs. A run keeps its height when others come and go. */
export function placesOf(threads: readonly Thread[]): Place[] {
  const names = [...new Set(threads.map(({ name }) => name))].sort();
  const inside = (part: number): number => EDGE + part * (1 - 2 * EDGE);
  return threads.map(({ id, name }) => ({
    rootY: inside((names.indexOf(name) + 0.5) / names.length),
    laneY: inside(scattered(id)),
  }));
}

/** A number from 0 to 1 that is the same for the same text and looks random besides (FNV-1a, then mixed). */
export function scattered(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return ((hash ^ (hash >>> 15)) >>> 0) / 0x1_0000_0000;
}

/** The course of a thread; null when nothing of it is in the view. */
export function courseOf(thread: Thread, place: Place, view: View): Course | null {
  if (thread.from > view.now) return null;
  const isOpen = thread.to === null || thread.to > view.now;
  const endX = isOpen ? HEAD : xOf(thread.to ?? view.now, view);
  if (endX < 0) return null;
  const startX = xOf(thread.from, view);
  return {
    ...place,
    bowX: Math.min(0, startX - BOW),
    startX,
    endX,
    strength: isOpen ? 1 : 0.3 + (0.5 * endX) / HEAD,
    isOpen,
  };
}

/** How high a thread runs at a place of the width: the bow rises as 3t² - 2t³, which a cubic Bézier curve draws exactly. */
export function heightAt(x: number, { bowX, startX, rootY, laneY }: Course): number {
  const t = Math.min(1, Math.max(0, (x - bowX) / (startX - bowX)));
  return rootY + (laneY - rootY) * t * t * (3 - 2 * t);
}

/** The colour of a thread at a moment: how it ended shows once it has ended. */
export function inkOf({ to, tone }: Thread, now: number): Ink {
  if (to === null || to > now) return 'thread';
  return tone === 'fail' || tone === 'idle' ? tone : 'thread';
}

/** How much larger something is so many milliseconds after it came. */
export function swellAfter(age: number): number {
  return 1 + 1.4 * Math.exp(-age / 260);
}

/** What stands on a thread in the view: its knots, its head while it goes on, and the gate at which it waits. */
export function marksOf(thread: Thread, course: Course, view: View): Mark[] {
  const marks: Mark[] = [];
  const y = course.laneY;
  let waits = false;
  for (const { kind, at, until } of thread.knots) {
    if (at > view.now) continue;
    waits ||= kind === 'gate' && (until ?? Infinity) > view.now;
    const x = xOf(at, view);
    if (x >= 0) marks.push({ kind, x, y, swell: swellAfter(view.now - at) });
  }
  if (course.isOpen) marks.push({ kind: 'head', x: HEAD, y, swell: 1 });
  if (course.isOpen && waits) marks.push({ kind: 'waiting', x: HEAD, y, swell: 1 });
  return marks;
}

/** Leaves out marks that would lie on another one of their kind; `gap` is a part of the width. */
export function thinned(marks: readonly Mark[], gap: number): Mark[] {
  const last = new Map<Mark['kind'], number>();
  return marks.filter(({ kind, x }) => {
    if (Math.abs(x - (last.get(kind) ?? -1)) < gap) return false;
    last.set(kind, x);
    return true;
  });
}

/** The moment at which most threads go on at once; of several the latest. */
export function busiestMoment(threads: readonly Thread[]): number {
  let best = { at: 0, count: -1 };
  for (const { from: at } of threads) {
    const count = threads.filter(({ from, to }) => from <= at && (to ?? Infinity) > at).length;
    if (count > best.count || (count === best.count && at > best.at)) best = { at, count };
  }
  return best.at;
}
