'use server';

import { graphql, type ResultOf } from '../../graphql/graphql.ts';
import { ask, type Answer } from '../../lib/api.ts';
import { change } from '../../lib/change.ts';
import type { Problem } from '../../lib/problem.ts';

const NEWEST = graphql(`
  query NewestVersion($id: ID!) {
    workflow(id: $id) {
      version
    }
  }
`);
const PREVIEW = graphql(`
  query PreviewBulkRerun($input: PreviewBulkRerunInput!) {
    previewBulkRerun(input: $input) {
      count
      alreadyRerun
      left
      refused {
        runId
        message
      }
      repeats {
        stepId
        summary
        note
        times
        workflow {
          id
          name
        }
      }
      versions {
        from
        to
        runs
        workflow {
          id
          name
        }
        differences {
          kind
          path
          stepId
          before
          after
        }
      }
    }
  }
`);
const RERUN = graphql(`
  mutation RerunRuns($input: RerunRunsInput!) {
    rerunRuns(input: $input) {
      id
    }
  }
`);
const STOP = graphql(`
  mutation CancelBulkRerun($input: CancelBulkRerunInput!) {
    cancelBulkRerun(input: $input) {
      id
    }
  }
`);

/** Which runs to run again: those that are named, or all of one failure. */
export type BulkTarget = { runIds: string[] } | { failureFingerprint: string };

/** What running many runs again would do, and the newest version of their workflow, where they have one in common. */
export interface BulkPreview {
  preview: ResultOf<typeof PREVIEW>['previewBulkRerun'];
  newest: number | null;
}

/** Looks at what running many runs again would do; changes nothing. `version` is each run's own when null. */
export async function previewBulkRerun(
  target: BulkTarget,
  { workflowId, version }: { workflowId: string | null; version: number | null },
): Promise<Answer<BulkPreview>> {
  const [{ data, problem }, newest] = await Promise.all([
    ask(PREVIEW, { input: { ...target, version } }),
    workflowId === null ? null : ask(NEWEST, { id: workflowId }),
  ]);
  if (problem !== null) return { data: null, problem };
  return {
    data: { preview: data.previewBulkRerun, newest: newest?.data?.workflow?.version ?? null },
    problem,
  };
}

/** Runs many runs again, each once. Gives the id of the bulk re-run. */
export async function rerunRuns(
  target: BulkTarget,
  { version, idempotencyKey }: { version: number | null; idempotencyKey: string },
): Promise<Answer<string>> {
  const { data, problem } = await change(RERUN, { input: { ...target, version, idempotencyKey } });
  return problem === null ? { data: data.rerunRuns.id, problem } : { data: null, problem };
}

/** Starts no further run of a bulk re-run; those that were started go on. */
export async function cancelBulkRerun(bulkRerunId: string, reason: string): Promise<Problem | null> {
  return (await change(STOP, { input: { bulkRerunId, reason: reason === '' ? null : reason } })).problem;
}
