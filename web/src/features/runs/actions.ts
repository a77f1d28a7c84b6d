'use server';

import { graphql, type ResultOf } from '../../graphql/graphql.ts';
import { ask, type Answer } from '../../lib/api.ts';
import { change } from '../../lib/change.ts';
import type { Problem } from '../../lib/problem.ts';

const CANCEL = graphql(`
  mutation CancelRun($input: CancelRunInput!) {
    cancelRun(input: $input) {
      id
    }
  }
`);
const PAUSE = graphql(`
  mutation PauseRun($input: RunControlInput!) {
    pauseRun(input: $input) {
      id
    }
  }
`);
const RESUME = graphql(`
  mutation ResumeRun($input: RunControlInput!) {
    resumeRun(input: $input) {
      id
    }
  }
`);
const PREVIEW = graphql(`
  query PreviewRerun($input: PreviewRerunInput!) {
    previewRerun(input: $input) {
      version
      startsAt
      movedBecause
      reused
      asksAgain
      problems {
        message
      }
      repeats {
        path
        kind
        class
        summary
        note
        idempotent
      }
    }
  }
`);
const RERUN = graphql(`
  mutation Rerun($input: RerunFromStepInput!) {
    rerunFromStep(input: $input) {
      id
    }
  }
`);

/** What running again from a step would repeat, reuse and ask. */
export type RerunPreview = ResultOf<typeof PREVIEW>['previewRerun'];

/** Asks a run to stop. Gives why not, or null. */
export async function cancelRun(runId: string, reason: string): Promise<Problem | null> {
  return (await change(CANCEL, { input: { runId, reason: reason === '' ? null : reason } })).problem;
}

/** The same for one of several: the page is read anew after the last one, not after each. */
export async function cancelOneOfMany(runId: string, reason: string): Promise<Problem | null> {
  return (await ask(CANCEL, { input: { runId, reason: reason === '' ? null : reason } })).problem;
}

/** Lets a run begin no further step, until it is resumed. */
export async function pauseRun(runId: string): Promise<Problem | null> {
  return (await change(PAUSE, { input: { runId } })).problem;
}

/** Lets a paused run go on. */
export async function resumeRun(runId: string): Promise<Problem | null> {
  return (await change(RESUME, { input: { runId } })).problem;
}

/** Looks at what running again from a step would do; changes nothing. */
export async function previewRerun(runId: string, fromStep: string): Promise<Answer<RerunPreview>> {
  const { data, problem } = await ask(PREVIEW, { input: { runId, fromStep } });
  return problem === null ? { data: data.previewRerun, problem } : { data: null, problem };
}

/** Starts a new run that takes over what was done before the step. Gives the id of the new run. */
export async function rerunFromStep(wanted: {
  runId: string;
  fromStep: string;
  version: number;
  idempotencyKey: string;
}): Promise<Answer<string>> {
  const { data, problem } = await change(RERUN, { input: wanted });
  return problem === null ? { data: data.rerunFromStep.id, problem } : { data: null, problem };
}
