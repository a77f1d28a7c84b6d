import { withQuery } from '../../lib/search-params.ts';

/** What of a run is shown. */
export const RUN_VIEWS = ['steps', 'graph', 'events', 'values'] as const;
export type RunView = (typeof RUN_VIEWS)[number];

/** Views whose steps open in the inspector beside them. */
const WITH_STEPS: ReadonlySet<RunView> = new Set(['steps', 'graph']);

/** Where a run is shown: in which view, and with which step open. */
export function runAddress(
  runId: string,
  { view = 'steps', step }: { view?: RunView; step?: string | undefined } = {},
): string {
  return withQuery(`/runs/${runId}`, {
    view: view === 'steps' ? undefined : view,
    step: WITH_STEPS.has(view) ? step : undefined,
  });
}
