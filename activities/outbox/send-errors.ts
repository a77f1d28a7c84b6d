/** The receiver will never take this message as it is: trying again is of little use. */
export class MessageRefusedError extends Error {
  override readonly name = 'MessageRefusedError';
}

/** Temporal knows no open execution of the run: it has not begun there yet, or it is over. */
export class RunNotOpenError extends Error {
  override readonly name = 'RunNotOpenError';
}
