/** A stretch of time in which something was done, in milliseconds. */
export interface Span {
  from: number;
  to: number;
}

/** Where moments of a run stand on its line. */
export interface TimeScale {
  /** The place of a moment, from 0 to 1. */
  at(moment: number): number;
  /** The places of waits that were shortened, with how long they were. */
  waits: { from: number; to: number; ms: number }[];
}

/** A wait this many times longer than all the work is shortened. */
const LONG = 0.25;
/** How wide a shortened wait is, of the work beside it. */
const SHORTENED = 0.12;

/**
 * Lays out the time of a run so that its work can be seen: waits, in which nothing was done, are made short where they
 * would leave no room for anything else.
 */
export function timeScale(work: readonly Span[], { from, to }: Span): TimeScale {
  const busy = mergedSpans(work, { from, to });
  const worked = sum(busy.map((span) => span.to - span.from));
  const pieces = pieceTogether(busy, { from, to }).map((piece) => {
    const ms = piece.to - piece.from;
    // Beside no work there is nothing to make room for.
    const isShort = !piece.isBusy && worked > 0 && ms > worked * LONG;
    return { ...piece, ms, isShort, width: isShort ? worked * SHORTENED : ms };
  });
  const total = Math.max(1, sum(pieces.map(({ width }) => width)));
  let place = 0;
  const placed = pieces.map((piece) => {
    const start = place;
    place += piece.width / total;
    return { ...piece, start, end: place };
  });
  return {
    at: (moment) => {
      const piece = placed.find((one) => moment <= one.to) ?? placed.at(-1);
      if (piece === undefined || moment <= from) return 0;
      const part = piece.ms === 0 ? 1 : Math.min(1, (moment - piece.from) / piece.ms);
      return piece.start + (piece.end - piece.start) * part;
    },
    waits: placed
      .filter(({ isShort }) => isShort)
      .map(({ start, end, ms }) => ({ from: start, to: end, ms })),
  };
}

/** Spans that meet or overlap made one, in order; those outside of the whole are left out. */
export function mergedSpans(work: readonly Span[], whole: Span): Span[] {
  const spans: Span[] = [];
  const inside = work.filter((span) => span.to >= whole.from && span.from <= whole.to);
  for (const { from, to } of [...inside].sort((a, b) => a.from - b.from)) {
    const last = spans.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else spans.push({ from, to });
  }
  return spans;
}

function pieceTogether(busy: Span[], { from, to }: Span): (Span & { isBusy: boolean })[] {
  const pieces: (Span & { isBusy: boolean })[] = [];
  let place = from;
  for (const span of busy) {
    if (span.from > place) pieces.push({ from: place, to: span.from, isBusy: false });
    pieces.push({ from: Math.max(place, span.from), to: span.to, isBusy: true });
    place = Math.max(place, span.to);
  }
  if (to > place || pieces.length === 0) pieces.push({ from: place, to, isBusy: false });
  return pieces;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
