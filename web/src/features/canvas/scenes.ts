import { busiestMoment, type View } from './layout.ts';
import type { Recording } from './recording.ts';
import type { Thread } from './thread.ts';

/** How much of the time a recording shows, in milliseconds. */
export const RECORDED_SPAN = 42_000;
/** The least and the most time that the picture of an organisation's own runs shows, in milliseconds. */
const LIVE_SPANS = { least: 60_000, most: 30 * 60_000 };

/** The moment of a recording that stands for all of it where nothing moves. */
export function stillOf({ threads }: Recording): View {
  return { now: busiestMoment(threads), span: RECORDED_SPAN };
}

/** Plays a recording again and again, from the moment of the still picture on; what was last is still seen when it begins anew. */
export function viewsOfRecording(recording: Recording, played: number): View[] {
  const now = (stillOf(recording).now + played) % recording.lasts;
  const views = [{ now, span: RECORDED_SPAN }];
  return now < RECORDED_SPAN ? [{ now: now + recording.lasts, span: RECORDED_SPAN }, ...views] : views;
}

/** How much time shows half of these runs or more, so that neither one nor hundreds look empty. Milliseconds. */
export function spanFor(threads: readonly Thread[], now: number): number {
  const ages = threads.map(({ from }) => now - from).sort((one, other) => one - other);
  const middle = ages[Math.floor(ages.length / 2)] ?? 0;
  return Math.min(LIVE_SPANS.most, Math.max(LIVE_SPANS.least, 1.5 * middle));
}
