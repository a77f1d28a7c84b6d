import { z } from 'zod';
import type { DefinitionChange } from '../../workflows/definitions/index.ts';
import type { RepeatedAction } from '../../workflows/runs/rerun-plan.ts';
import { idField, numberField, textField } from '../input-fields.ts';
import { query } from '../query.ts';
import { prepareRerun, type PreparedRerun } from './prepare-rerun.ts';

/** The input of a run again, and of its preview. */
export const rerunInput = z.strictObject({
  runId: idField,
  fromStep: textField(2_000),
  version: numberField.nullish(),
});

/** What a run again would do; see RerunPlan. With `problems` it cannot be started. */
export interface RerunPreview {
  /** The path of the step that was asked for. */
  fromStep: string;
  startsAt: string;
  movedBecause: string | null;
  version: number;
  reused: string[];
  asksAgain: string[];
  repeats: RepeatedAction[];
  changed: string[];
  differences: DefinitionChange[];
  problems: { reason: string; message: string }[];
}

/**
 * Shows what a run again from a step would take over and what it would do again. Writes nothing. Throws NOT_FOUND,
 * PRECONDITION_FAILED for a run that is not over, INVALID for a step that the run never came to.
 */
export const previewRerun = query({
  permission: 'runs.read',
  input: rerunInput,
  run: async ({ db, tenantId }, input): Promise<RerunPreview> => {
    return toRerunPreview(await prepareRerun(db, tenantId, input));
  },
});

/** A prepared run again as it is shown. */
export function toRerunPreview({ version, from, plan, problems }: PreparedRerun): RerunPreview {
  return {
    fromStep: from,
    version: version.number,
    startsAt: plan?.startsAt ?? from,
    movedBecause: plan?.movedBecause ?? null,
    reused: plan?.reused ?? [],
    asksAgain: plan?.asksAgain ?? [],
    repeats: plan?.repeats ?? [],
    changed: plan?.changed ?? [],
    differences: plan?.differences ?? [],
    problems: problems.map(({ reason, message }) => ({ reason, message })),
  };
}
