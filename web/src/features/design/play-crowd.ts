import { startPlayer, type Player } from '../canvas/player.ts';
import { RECORDING } from '../canvas/recording.ts';
import { RECORDED_SPAN, stillOf } from '../canvas/scenes.ts';
import { crowdOf } from './crowd.ts';

const RUNS = 200;

/** Plays 200 runs that go on. */
export function playCrowd(canvas: HTMLCanvasElement): Player | null {
  const begin = stillOf(RECORDING).now;
  const threads = crowdOf(
    RECORDING.threads.filter(({ from }) => from <= begin),
    RUNS,
  );
  return startPlayer(canvas, {
    threads,
    viewsAt: (played) => [{ now: begin + (played % RECORDED_SPAN), span: RECORDED_SPAN }],
  });
}
