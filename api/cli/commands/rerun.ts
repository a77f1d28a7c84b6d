import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { graphql } from '../../client/index.ts';
import { EXIT, UsageError } from '../cli-error.ts';
import { addCommand } from '../command.ts';
import { confirmChange } from '../confirm-change.ts';
import type { Output } from '../output.ts';
import { pathsText } from '../paths-text.ts';
import { printChanges } from '../print-changes.ts';
import { readNumber } from '../read-argument.ts';
import type { Session } from '../session.ts';
import { durationText } from '../times.ts';

const PREVIEW = graphql(`
  query PreviewRerun($input: PreviewRerunInput!) {
    previewRerun(input: $input) {
      version
      fromStep
      startsAt
      movedBecause
      reused
      changed
      asksAgain
      repeats {
        path
        kind
        class
        summary
        status
        idempotent
        note
      }
      differences {
        kind
        message
        before
        after
      }
      problems {
        reason
        message
      }
    }
  }
`);

const RERUN = graphql(`
  mutation Rerun($input: RerunFromStepInput!) {
    rerunFromStep(input: $input) {
      id
      status
      version
    }
  }
`);

const FAILED_STEP = graphql(`
  query FailedStep($id: ID!) {
    run(id: $id) {
      error {
        path
      }
      steps {
        path
      }
    }
  }
`);

const COMPARE = graphql(`
  query Compare($left: ID!, $right: ID!) {
    compareRuns(left: $left, right: $right) {
      same
      truncated
      firstDivergence {
        path
        what
        left
        right
      }
      differences {
        kind
        message
        before
        after
      }
      steps {
        path
        same
        differs
        left {
          status
          attempt
          durationMs
          reused
        }
        right {
          status
          attempt
          durationMs
          reused
        }
      }
    }
  }
`);

/** What `rerun` can be told. */
export interface RerunOptions {
  from?: string;
  version?: string;
  preview?: boolean;
  yes?: boolean;
}

/** Runs one run again, after showing what that repeats outside. Throws ClientError and UsageError. */
export async function rerunOne(session: Session, runId: string, options: RerunOptions): Promise<number> {
  const { out } = session;
  const input = {
    runId,
    fromStep: options.from ?? (await stepToBeginAt(session, runId)),
    version: options.version === undefined ? null : readNumber(options.version, '--version'),
  };
  const { previewRerun: preview } = await session.request(PREVIEW, { input });
  printPreview(out, preview);
  if (preview.problems.length > 0 || options.preview) {
    if (out.json) out.value({ preview });
    return preview.problems.length > 0 ? EXIT.failed : EXIT.done;
  }
  const change = { question: 'Run it again?', undone: 'started', hasPreview: true };
  if (!(await confirmChange(session, options, change))) return EXIT.failed;
  const { rerunFromStep } = await session.request(RERUN, {
    input: { ...input, idempotencyKey: randomUUID() },
  });
  if (out.json) out.value({ preview, run: rerunFromStep });
  else out.line(`Started ${rerunFromStep.id}.`);
  return EXIT.done;
}

/** Adds `compare`. */
export function addCompareCommand(program: Command): void {
  addCommand<{ all?: boolean }>(program, {
    name: 'compare <left> <right>',
    about: 'two runs of one workflow side by side',
    options: [['--all', 'the steps that went the same way too']],
    examples: ['compare run_… run_…'],
    run: async ({ request, out }, { args: [left = '', right = ''], options }) => {
      const { compareRuns } = await request(COMPARE, { left, right });
      if (out.json) return out.value(compareRuns);
      const { same, firstDivergence, differences, steps } = compareRuns;
      if (same) out.title('All steps went the same way.');
      if (firstDivergence) {
        out.title(`They part at ${firstDivergence.path} (${firstDivergence.what.toLowerCase()}).`);
        out.facts([
          ['Left', JSON.stringify(firstDivergence.left)],
          ['Right', JSON.stringify(firstDivergence.right)],
        ]);
      }
      const listed = options.all ? steps : steps.filter((step) => !step.same);
      out.line();
      if (listed.length > 0)
        out.table(listed, [
          { title: '', value: (step) => (step.same ? '=' : '≠') },
          { title: 'STEP', value: ({ path }) => path },
          { title: 'LEFT', value: (step) => sideText(step.left) },
          { title: 'RIGHT', value: (step) => sideText(step.right) },
          { title: 'DIFFERENT', value: ({ differs }) => differs.join(', ').toLowerCase() },
        ]);
      if (listed.length < steps.length)
        out.note(`… and the same in both: ${steps.length - listed.length} steps (--all shows them).`);
      if (differences.length > 0) out.line('\nWhat is different in the version of the right run:');
      printChanges(out, differences);
    },
  });
}

async function stepToBeginAt({ request }: Session, id: string): Promise<string> {
  const { run } = await request(FAILED_STEP, { id });
  const path = run?.error?.path ?? run?.steps[0]?.path;
  if (path !== undefined) return path;
  throw new UsageError(
    'step_missing',
    `There is no run ${id} with steps.`,
    'Name the step to begin at with --from.',
  );
}

interface Preview {
  version: number;
  startsAt: string;
  movedBecause: string | null;
  reused: string[];
  changed: string[];
  asksAgain: string[];
  repeats: { path: string; class: string | null; summary: string; idempotent: boolean; note: string }[];
  differences: { kind: string; message: string; before: string | null; after: string | null }[];
  problems: { message: string }[];
}

function printPreview(out: Output, preview: Preview): void {
  out.title(`Begins at ${preview.startsAt}, with version ${preview.version}.`);
  if (preview.movedBecause) out.line(preview.movedBecause);
  out.facts([
    ['Taken over', pathsText(preview.reused)],
    ['Defined anew', pathsText(preview.changed)],
    ['Asks people again', pathsText(preview.asksAgain)],
  ]);
  if (preview.repeats.length > 0) {
    out.line('\nThis would be done outside once more:');
    out.table(preview.repeats, [
      { title: 'STEP', value: ({ path }) => path },
      { title: 'WHAT', value: ({ summary }) => summary },
      { title: 'CLASS', value: (one) => one.class },
      { title: 'NOTE', value: ({ note }) => note },
    ]);
  }
  if (preview.differences.length > 0) out.line('\nWhat is different in this version:');
  printChanges(out, preview.differences);
  for (const { message } of preview.problems) out.line(`\nIt cannot be started: ${message}`);
}

function sideText(
  side: { status: string; attempt: number; durationMs: number | null; reused: boolean } | null,
): string {
  if (side === null) return '—';
  const took = side.durationMs === null ? '' : ` ${durationText(side.durationMs / 1000)}`;
  const again = side.attempt > 1 ? ` (attempt ${side.attempt})` : '';
  return `${side.status}${took}${again}${side.reused ? ' (taken over)' : ''}`;
}
