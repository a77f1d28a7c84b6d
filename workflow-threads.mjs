// Loaded by each thread (see ts-hook.mjs). In its workflow threads Temporal's SDK notes where each promise was made, to
// answer the `__stack_trace` query: a fifth of a run's time there. See workers/shared-modules.decision.md.
import v8 from 'node:v8';
import { isMainThread } from 'node:worker_threads';

if (!isMainThread) v8.promiseHooks.createHook = () => () => undefined;
