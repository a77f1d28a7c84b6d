import { DefaultFailureConverter } from '@temporalio/common';

/** Puts messages and stack traces of failures where the payload codec encrypts them. Loaded by path, also in the sandbox. */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
