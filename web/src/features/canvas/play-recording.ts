import { startPlayer, type Player } from './player.ts';
import { RECORDING } from './recording.ts';
import { viewsOfRecording } from './scenes.ts';

/** Plays the recording on a canvas; null where it cannot move. */
export function playRecording(canvas: HTMLCanvasElement): Player | null {
  return startPlayer(canvas, {
    threads: RECORDING.threads,
    viewsAt: (played) => viewsOfRecording(RECORDING, played),
  });
}
