import type { Admission, OpenedRun, RunSeed } from './model.ts';
import type { TemporalPorts } from './temporal-ports.ts';

/** Whether the word came that the run has its place. Changed from outside, by the signal `admitted`. */
export interface Place {
  admitted: boolean;
}

/** How a run came out of the wait for its place. */
export type Entry =
  | { entry: 'open'; opened: OpenedRun }
  | { entry: 'ended'; end: Exclude<Admission, 'queued'> | { status: 'CANCELLED'; error: null } }
  /** The history has grown too long meanwhile: the wait goes on in a new one. */
  | { entry: 'continue'; seed: RunSeed | undefined };

/**
 * Opens a run, waiting for its place under the limit of its workflow. The row decides: the signal only says that it is
 * time to look again, so that one that is lost, comes early or comes twice changes nothing.
 */
export async function openInTurn(
  ports: Pick<TemporalPorts, 'openRun' | 'shield' | 'waitUntil' | 'historyIsLong' | 'isCancellation'>,
  place: Place,
): Promise<Entry> {
  for (;;) {
    place.admitted = false;
    const opened = await ports.shield(() => ports.openRun());
    const { admission } = opened;
    if (admission === undefined) return { entry: 'open', opened };
    if (admission !== 'queued') return { entry: 'ended', end: admission };
    try {
      await ports.waitUntil(() => place.admitted || ports.historyIsLong(), null);
    } catch (error) {
      if (!ports.isCancellation(error)) throw error;
      return { entry: 'ended', end: { status: 'CANCELLED', error: null } };
    }
    if (!place.admitted) return { entry: 'continue', seed: opened.seed };
  }
}
