import { z } from 'zod';

/** The fingerprint of a failure, as runs show it. */
export const fingerprintField = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'This is not a fingerprint of ours. Use one as failures or a run gives it.');
