import type { Prisma } from '../../prisma/database.ts';
import type { LaunchStage } from '../../workflows/launch-stage.ts';
import type { PersonId, RunId, WorkflowId } from '../../workflows/ids.ts';
import type { Json } from '../../workflows/json.ts';
import type { RunError, RunResponse, RunStatus } from '../../workflows/runs/model.ts';
import type { TestPlan } from '../../workflows/runs/test-plan.ts';
import { testPlanOf } from './test-run-column.ts';

/** A run as it is shown. Times are ISO 8601. Where a `…Ref` is set, `readRunValues` gives the value. */
export interface RunView {
  id: RunId;
  workflowId: WorkflowId;
  workflowName: string;
  version: number;
  /** SHA-256 (hex) of the definition that it runs. */
  hash: string;
  status: RunStatus;
  input: Json;
  inputRef: string | null;
  output: Json;
  outputRef: string | null;
  error: RunError | null;
  /** Equal for runs that failed for one reason; null for all others. */
  failureFingerprint: string | null;
  response: RunResponse | null;
  /** `manual`, `workflow` for a run that another run called, `rerun` for a run again from a step, `test` for a test run. */
  trigger: string;
  /** The platform's launch stage when it was started; it decides which actions ask first. */
  launchStage: LaunchStage;
  /** Of a test run: which results were given, and where it stops. */
  test: TestPlan | null;
  startedBy: Json;
  requesterId: PersonId | null;
  parentRunId: RunId | null;
  depth: number;
  /** The run that this one does again, and the path of the step from which. */
  rerunOf: RunId | null;
  rerunFrom: string | null;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  cancelRequestedAt: string | null;
}

/** The view of a row. */
export function toRunView(row: Prisma.RunGetPayload<{ omit: { carry: true; testDraft: true } }>): RunView {
  const { workflowName, version, hash, inputRef, outputRef, trigger, depth, rerunFrom, failureFingerprint } =
    row;
  return {
    id: row.id as RunId,
    workflowId: row.workflowId as WorkflowId,
    ...{ workflowName, version, hash, inputRef, outputRef, trigger, depth, rerunFrom, failureFingerprint },
    status: row.status as RunStatus,
    input: row.input as Json,
    output: row.output as Json,
    error: row.error as RunError | null,
    response: row.response as RunResponse | null,
    startedBy: row.startedBy as Json,
    test: testPlanOf(row.test),
    requesterId: row.requesterId as PersonId | null,
    launchStage: row.launchStage as LaunchStage,
    parentRunId: row.parentRunId as RunId | null,
    rerunOf: row.rerunOf as RunId | null,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    cancelRequestedAt: row.cancelRequestedAt?.toISOString() ?? null,
  };
}
