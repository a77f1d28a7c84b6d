import type { Json } from '../../../workflows/json.ts';
import type { Ask } from '../graphql.ts';
import type { RecordedRun } from './recording.ts';

/** What the API answered about the recorded runs, for the miniatures of the public pages. */
export interface RecordedProof {
  /** Two runs of one workflow, up to where they went different ways. */
  comparison: {
    same: number;
    divergence: { path: string; what: string; left: Json; right: Json };
  };
  /** What a run again of the failed one, from the step that failed, would do. */
  rerun: { startsAt: string; reused: number; repeats: number; asksAgain: number };
  /** The check of the whole audit log. */
  audit: { valid: boolean; checked: number };
  /** The largest run that sent mail: how many letters, and how many different Message-IDs they have. */
  letters: { sent: number; ids: number };
}

interface Comparison {
  steps: { same: boolean }[];
  firstDivergence: RecordedProof['comparison']['divergence'] | null;
}

/** Asks the API for the proof, about runs that were just recorded. */
export async function readProof(
  { operator, owner }: { operator: Ask; owner: Ask },
  runs: RecordedRun[],
): Promise<RecordedProof> {
  const counts = runs.filter(({ workflow }) => workflow.name === 'Stock count');
  const left = need(counts.find(({ status }) => status === 'FAILED'));
  const right = need(counts.find(({ status }) => status === 'SUCCEEDED'));
  const { compareRuns } = await operator<{ compareRuns: Comparison }>(
    `query ($left: ID!, $right: ID!) { compareRuns(left: $left, right: $right) {
       steps { same } firstDivergence { path what left right } } }`,
    { left: left.id, right: right.id },
  );
  const failed = need(left.steps.find(({ status }) => status === 'FAILED'));
  const { previewRerun } = await operator<{
    previewRerun: { startsAt: string; reused: string[]; repeats: object[]; asksAgain: string[] };
  }>(
    `query ($input: PreviewRerunInput!) { previewRerun(input: $input) {
       startsAt reused repeats { path } asksAgain } }`,
    { input: { runId: left.id, fromStep: failed.path } },
  );
  const { auditChain } = await owner<{ auditChain: RecordedProof['audit'] }>(
    '{ auditChain { valid checked } }',
  );
  return {
    comparison: {
      same: compareRuns.steps.filter(({ same }) => same).length,
      divergence: need(compareRuns.firstDivergence),
    },
    rerun: {
      startsAt: previewRerun.startsAt,
      reused: previewRerun.reused.length,
      repeats: previewRerun.repeats.length,
      asksAgain: previewRerun.asksAgain.length,
    },
    audit: auditChain,
    letters: await lettersOf(operator, runs),
  };
}

async function lettersOf(ask: Ask, runs: RecordedRun[]): Promise<RecordedProof['letters']> {
  const mails = (run: RecordedRun): number =>
    run.steps.filter(({ kind, status }) => kind === 'email' && status === 'SUCCEEDED').length;
  const largest = need([...runs].sort((one, other) => mails(other) - mails(one))[0]);
  const { run } = await ask<{ run: { steps: { kind: string; status: string; output: Json }[] } }>(
    'query ($id: ID!) { run(id: $id) { steps { kind status output } } }',
    { id: largest.id },
  );
  const sent = run.steps.filter(({ kind, status }) => kind === 'email' && status === 'SUCCEEDED');
  return { sent: sent.length, ids: new Set(sent.map(({ output }) => JSON.stringify(output))).size };
}

function need<T>(found: T | null | undefined): T {
  if (found == null) throw new Error('The recorded runs lack what is to be shown; record them again.');
  return found;
}
