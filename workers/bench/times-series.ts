import { series } from './figure.ts';
import type { Series } from './model.ts';
import { median } from './statistics.ts';
import type { Times } from './timed-run.ts';

/** What the times of single runs are, for the notes of a figure. */
export const TIMES_NOTE =
  "Accepted → finished: of a run, from its row's createdAt to its finishedAt; by hand, from the answered start to the result at the client.";

/** The median of each round, in seconds: of the engine, of the same work by hand, and their ratio. */
export function timesSeries(rounds: { engine: Times[]; byHand: Times[] }[]): Series[] {
  const middle = (times: Times[], of: keyof Times) => median(times.map((one) => one[of])) / 1_000;
  const all = (who: 'engine' | 'byHand', of: keyof Times) => rounds.map((round) => middle(round[who], of));
  const [engine, byHand] = [all('engine', 'taken'), all('byHand', 'taken')];
  return [
    series('engine', 's', engine),
    series('hand-written', 's', byHand),
    series(
      'engine ÷ hand-written',
      '×',
      engine.map((value, i) => value / (byHand[i] ?? NaN)),
    ),
    series('engine: sent → seen by the client', 's', all('engine', 'seen')),
    series('hand-written: sent → seen by the client', 's', all('byHand', 'seen')),
  ];
}
