import type { StepFailure } from '../../workflows/runs/activities.ts';
import { egressFetch, networkReason } from '../egress/index.ts';
import { scrubbedEffect } from './scrubbed-effect.ts';
import type { EffectExecutor } from './effect-executor.ts';
import { httpRequest } from './http-request.ts';
import { httpOutput, statusFailure } from './http-response.ts';

/** Does an `http` step: one exchange through the egress guard. Gives `{ status, headers, body }`. */
export const executeHttp: EffectExecutor = (call, { egress }) =>
  scrubbedEffect(
    call,
    async (scrubber) => {
      const { request, accepts } = httpRequest(call);
      const response = await egressFetch(egress, { ...request, signal: call.signal });
      if (!accepts(response.status)) throw statusFailure(response, scrubber, Date.now());
      return httpOutput(response);
    },
    networkFailure,
  );

function networkFailure(error: unknown): StepFailure {
  const { reason, message } = networkReason(error);
  return { code: 'HTTP_NETWORK', message, details: { reason }, retryable: reason !== 'redirects' };
}
