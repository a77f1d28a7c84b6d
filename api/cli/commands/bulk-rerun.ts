import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { graphql, type ResultOf } from '../../client/index.ts';
import { CliError, EXIT } from '../cli-error.ts';
import { confirmChange } from '../confirm-change.ts';
import type { Output } from '../output.ts';
import { pathsText } from '../paths-text.ts';
import { readNumber } from '../read-argument.ts';
import type { Session } from '../session.ts';
import type { RerunOptions } from './rerun.ts';

const PREVIEW = graphql(`
  query PreviewBulkRerun($input: PreviewBulkRerunInput!) {
    previewBulkRerun(input: $input) {
      count
      left
      alreadyRerun
      refused {
        runId
        reason
        message
      }
      repeats {
        stepId
        summary
        class
        times
        idempotent
        note
        workflow {
          name
        }
      }
      samples {
        preview {
          startsAt
          reused
          asksAgain
        }
      }
      versions {
        from
        to
        runs
        workflow {
          name
        }
      }
    }
  }
`);

const PROGRESS = graphql(`
  fragment Progress on BulkRerun {
    id
    status
    pending
    started
    refused
  }
`);

const RERUN = graphql(
  `
    mutation RerunRuns($input: RerunRunsInput!) {
      rerunRuns(input: $input) {
        ...Progress
      }
    }
  `,
  [PROGRESS],
);

const BULK = graphql(
  `
    query BulkRerun($id: ID!) {
      bulkRerun(id: $id) {
        ...Progress
      }
    }
  `,
  [PROGRESS],
);

const CANCEL = graphql(
  `
    mutation CancelBulkRerun($input: CancelBulkRerunInput!) {
      cancelBulkRerun(input: $input) {
        ...Progress
      }
    }
  `,
  [PROGRESS],
);

type Preview = ResultOf<typeof PREVIEW>['previewBulkRerun'];
type Progress = ResultOf<typeof PROGRESS>;

const LOOK_EVERY_MS = 500;

/** Runs again all open runs that failed for one reason, after showing what that repeats outside. Throws ClientError and UsageError. */
export async function rerunFailure(
  session: Session,
  failureFingerprint: string,
  options: RerunOptions,
): Promise<number> {
  const { out, request } = session;
  const input = {
    failureFingerprint,
    fromStep: options.from ?? null,
    version: options.version === undefined ? null : readNumber(options.version, '--version'),
  };
  const { previewBulkRerun: preview } = await request(PREVIEW, { input });
  printPreview(out, preview);
  if (options.preview || preview.count === 0) {
    if (out.json) out.value({ preview });
    return EXIT.done;
  }
  const change = { question: `Run ${runsText(preview.count)} again?`, undone: 'started', hasPreview: true };
  if (!(await confirmChange(session, options, change))) return EXIT.failed;
  const { rerunRuns } = await request(RERUN, { input: { ...input, idempotencyKey: randomUUID() } });
  process.prependOnceListener('SIGINT', () =>
    out.note(
      `The rest is started without you; "levqor runs" shows them, and "levqor rerun --cancel ${rerunRuns.id}" stops it.`,
    ),
  );
  const ended = await followBulk(session, rerunRuns);
  if (out.json) out.value({ preview, bulkRerun: ended });
  else {
    out.line(summaryOf(ended));
    out.line('How they end is shown by "levqor runs", and what they wait for by "levqor approvals".');
  }
  return ended.refused > 0 ? EXIT.failed : EXIT.done;
}

/** Stops a bulk re-run that is under way. Throws ClientError. */
export async function cancelRerun({ out, request }: Session, bulkRerunId: string): Promise<void> {
  const { cancelBulkRerun } = await request(CANCEL, { input: { bulkRerunId } });
  if (out.json) return out.value({ bulkRerun: cancelBulkRerun });
  out.line(summaryOf(cancelBulkRerun));
  out.line('What was started goes on: "levqor cancel <run>" stops a run.');
}

function summaryOf({ id, status, started, refused }: Progress): string {
  const told = `Started: ${runsText(started)}. Refused: ${refused} (${id}).`;
  return status === 'CANCELLED' ? `Cancelled. ${told}` : told;
}

/** Tells how far it is, on standard error, until the last run is started or refused. */
async function followBulk({ out, request }: Session, begun: Progress): Promise<Progress> {
  let now = begun;
  let told = -1;
  for (;;) {
    const done = now.started + now.refused;
    if (done !== told) out.note(`${done} of ${done + now.pending} …`);
    told = done;
    if (now.status !== 'RUNNING') return now;
    await pause(LOOK_EVERY_MS);
    const { bulkRerun } = await request(BULK, { id: begun.id });
    if (!bulkRerun) throw new CliError('bulk_rerun_missing', `${begun.id} is not there any more.`);
    now = bulkRerun;
  }
}

function printPreview(out: Output, preview: Preview): void {
  const isNothing = preview.count === 0;
  out.title(isNothing ? 'There is nothing to run again.' : `This runs ${runsText(preview.count)} again.`);
  const [first] = preview.samples;
  out.facts([
    ['Already run again', preview.alreadyRerun || null],
    ['Left for later', preview.left || null],
    ['Refused', preview.refused.length || null],
    // Runs that failed for one reason stand at one step, so that the first one speaks for all.
    ['Such as the first', first && `begins at ${first.preview.startsAt}`],
    ['Taken over', first && pathsText(first.preview.reused)],
    ['Asks people again', first && pathsText(first.preview.asksAgain)],
  ]);
  for (const { workflow, from, to, runs } of preview.versions)
    if (from !== to) out.line(`${runs} of "${workflow.name}" go from version ${from} to ${to}.`);
  if (preview.repeats.length > 0) {
    out.line('\nThis would be done outside once more:');
    out.table(preview.repeats, [
      { title: 'TIMES', value: ({ times }) => times },
      { title: 'WORKFLOW', value: ({ workflow }) => workflow.name },
      { title: 'STEP', value: ({ stepId }) => stepId },
      { title: 'WHAT', value: ({ summary }) => summary },
      { title: 'CLASS', value: (repeat) => repeat.class },
      { title: 'NOTE', value: ({ note }) => note },
    ]);
  }
  if (preview.refused.length === 0) return;
  out.line('\nThese would not be started:');
  out.table(preview.refused, [
    { title: 'RUN', value: ({ runId }) => runId },
    { title: 'WHY', value: ({ message }) => message },
  ]);
}

function runsText(count: number): string {
  return `${count} ${count === 1 ? 'run' : 'runs'}`;
}
