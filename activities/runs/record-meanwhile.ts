import type { RecordStepsInput } from '../../workflows/runs/activities.ts';
import type { RunDeps } from './deps.ts';
import { recordSteps } from './record-steps.ts';

/** An effect that takes this long, in milliseconds, is shown as begun. */
const LONG_MS = 50;
/** Events that have waited this long, in milliseconds, wait no longer. */
const LATE_MS = 250;

/** The storing of what came along with an effect. */
export interface Meanwhile {
  /** To be called when the effect is done: true when all is stored. */
  settle(): Promise<boolean>;
}

/**
 * Stores what came along with an effect while that is under way: at once when it has waited for long, else when the
 * effect turns out to be long. A quick effect leaves it to the next one, so that a row of quick ones is stored together.
 * A failure is logged: who sent the record still has it.
 */
export function recordMeanwhile(deps: RunDeps, record: RecordStepsInput): Meanwhile {
  let storing: Promise<boolean> | null = null;
  const store = async (): Promise<boolean> => {
    try {
      await recordSteps(deps)(record);
      return true;
    } catch (error) {
      deps.log.warn({ err: error, runId: record.runId }, 'The events beside an effect could not be stored');
      return false;
    }
  };
  const begin = () => void (storing = store());
  const timer = setTimeout(begin, waited(record) >= LATE_MS ? 0 : LONG_MS);
  return {
    settle: async () => {
      clearTimeout(timer);
      return storing ?? false;
    },
  };
}

// From the first event to the last, which is the effect's own beginning: both by the clock of the workflow.
function waited({ events }: RecordStepsInput): number {
  return (events.at(-1)?.at ?? 0) - (events[0]?.at ?? 0);
}
