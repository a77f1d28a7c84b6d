/** Where the worker of the hand-written baseline takes its tasks. */
export const HAND_WRITTEN_QUEUE = 'bench-hand-written';
