/** A frame of a stack, as V8 hands it over. */
interface CallSite {
  getFileName(): string | null | undefined;
  toString(): string;
}

interface TracedErrors {
  prepareStackTrace?: (error: Error, frames: CallSite[]) => string;
}

/** The SDK's hook, which asks for the stack of each new promise. */
const HOOK = /[\\/]worker[\\/]lib[\\/]workflow[\\/]vm-shared\.js$/;

// For Temporal's `__stack_trace` query the SDK looks up where each promise was made, frame by frame, in the source map.
// That took a third of a run's time. It is told nothing here, and then keeps nothing; see workers/shared-modules.decision.md.
(Error as unknown as TracedErrors).prepareStackTrace = (error, frames) =>
  HOOK.test(frames[0]?.getFileName() ?? '')
    ? ''
    : [String(error), ...frames.map((frame) => `    at ${String(frame)}`)].join('\n');
