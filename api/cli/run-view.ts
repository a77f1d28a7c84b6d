import { graphql, type ResultOf } from '../client/index.ts';
import { EXIT } from './cli-error.ts';
import type { Output } from './output.ts';
import { between } from './times.ts';

export const RUN_FIELDS = graphql(`
  fragment RunFields on Run {
    id
    status
    version
    trigger
    createdAt
    startedAt
    finishedAt
    workflow {
      id
      name
    }
    startedBy {
      name
      email
    }
    output
    error {
      code
      message
      path
      details
    }
  }
`);

export const RUN = graphql(
  `
    query Run($id: ID!) {
      run(id: $id) {
        ...RunFields
        input
        rerunOf
        rerunFrom
        parentRunId
        temporalUrl
        failureFingerprint
        test {
          until
          only
        }
        steps {
          path
          kind
          status
          attempt
          startedAt
          finishedAt
          waitingFor
          until
          output
          error {
            code
            message
          }
        }
      }
    }
  `,
  [RUN_FIELDS],
);

/** A run as it is shown. */
export type ShownRun = ResultOf<typeof RUN_FIELDS>;
type RunWithSteps = NonNullable<ResultOf<typeof RUN>['run']>;

/** 0 for a run that succeeded or is not over, 1 for one that ended in another way. */
export function exitCodeOfRun({ status }: { status: ShownRun['status'] }): number {
  return ['FAILED', 'CANCELLED', 'TIMED_OUT'].includes(status) ? EXIT.failed : EXIT.done;
}

/** Prints how a run ended, or stands: status, output or error. */
export function printOutcome(out: Output, run: ShownRun): void {
  out.facts([
    ['Run', run.id],
    ['Status', run.status],
    ['Took', between(run.startedAt, run.finishedAt)],
    ['Error', run.error && `${run.error.code}: ${run.error.message}`],
    ['At step', run.error?.path],
  ]);
  if (run.output !== null) out.line(`\nOutput:\n${JSON.stringify(run.output, null, 2)}`);
}

/** Prints a run with its steps. */
export function printRun(out: Output, run: RunWithSteps): void {
  out.title(`${run.workflow.name}, version ${run.version}`);
  out.facts([
    ['Run', run.id],
    ['Status', run.status],
    ['Started by', `${run.startedBy.email ?? run.startedBy.name} (${run.trigger})`],
    ['Asked for', out.time(run.createdAt)],
    ['Began', out.time(run.startedAt)],
    ['Ended', out.time(run.finishedAt)],
    ['Took', between(run.startedAt, run.finishedAt)],
    ['Again from', run.rerunFrom && `${run.rerunFrom} of ${run.rerunOf ?? ''}`],
    ['Called by', run.parentRunId],
    ['Waits for', waitsText(out, run)],
    ['Test', run.test && 'a run to try things; it is not counted'],
    ['Fingerprint', run.failureFingerprint],
    ['In Temporal', run.temporalUrl],
  ]);
  if (run.steps.length > 0) {
    out.line();
    out.table(run.steps, [
      { title: 'STEP', value: ({ path }) => path },
      { title: 'KIND', value: ({ kind }) => kind },
      { title: 'STATUS', value: ({ status }) => status },
      { title: 'ATTEMPT', value: ({ attempt }) => attempt },
      { title: 'TOOK', value: ({ startedAt, finishedAt }) => between(startedAt, finishedAt) },
      { title: 'NOTE', value: (step) => noteOf(out, step) },
    ]);
  }
  if (run.error)
    out.line(`\nError ${run.error.code} at ${run.error.path ?? 'the run'}:\n${run.error.message}`);
  if (run.error?.details) out.line(JSON.stringify(run.error.details, null, 2));
  if (run.output !== null) out.line(`\nOutput:\n${JSON.stringify(run.output, null, 2)}`);
}

/** What a run waits for now; how many more when those are many. */
function waitsText(out: Output, { id, steps }: RunWithSteps): string {
  const [first, ...more] = steps.filter(({ waitingFor }) => waitingFor !== null);
  if (!first) return '';
  const others = more.length === 0 ? '' : `, and ${more.length} more`;
  const where = first.kind === 'approval' ? ` ("levqor approvals --run ${id}")` : '';
  return `${waitText(out, first)} at ${first.path}${others}${where}`;
}

type ShownStep = RunWithSteps['steps'][number];

function noteOf(out: Output, step: ShownStep): string {
  const { error, waitingFor } = step;
  if (error) return `${error.code}: ${error.message}`;
  return waitingFor === null ? '' : `waits for ${waitText(out, step)}`;
}

function waitText(out: Output, { waitingFor, until }: ShownStep): string {
  return `${waitingFor ?? ''}${until === null ? '' : ` until ${out.time(until)}`}`;
}
