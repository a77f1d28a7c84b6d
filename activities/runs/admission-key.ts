import { globalId } from '../../workflows/ids.ts';
import type { RunKey, StepFailure } from '../../workflows/runs/activities.ts';
import type { Held, RunError } from '../../workflows/runs/model.ts';
import { asText } from '../../workflows/runs/steps/as-text.ts';
import type { RunDeps } from './deps.ts';
import { renderStored } from './evaluate-stored.ts';
import { jsonbHolds } from './settle-held.ts';

/** The most UTF-16 units of a key. */
const KEY_LENGTH = 512;

/**
 * The key by which a run is counted against the limit of its workflow: the template of the version over the run's
 * input, as text. Empty when there is no template. What it cannot be is returned as the error of the run.
 */
export async function admissionKey(
  deps: RunDeps,
  run: RunKey,
  { template, input, createdAt }: { template: string | undefined; input: Held; createdAt: Date },
): Promise<{ key: string } | { error: RunError }> {
  if (template === undefined) return { key: '' };
  const scope = {
    ...{ input, steps: {}, vars: {} },
    run: { id: globalId('run', run.runId), startedAt: createdAt.toISOString(), attempt: 1 },
  };
  const rendered = await renderStored(deps, run, { template, scope });
  if ('error' in rendered) return { error: failed(rendered.error.message, rendered.error.details) };
  const { value } = rendered;
  const key = asText(value);
  if (key.length > KEY_LENGTH)
    return { error: failed(`It has ${key.length} characters; ${KEY_LENGTH} are possible.`) };
  if (!jsonbHolds(JSON.stringify(key)))
    return { error: failed('It holds characters that cannot be stored.') };
  return { key };
}

function failed(why: string, details: StepFailure['details'] = null): RunError {
  const message = `The key of the limit on runs at once (limits.concurrency.key) cannot be worked out for this input. ${why}`;
  return { code: 'EXPRESSION_FAILED', message, stepId: null, path: null, details };
}
