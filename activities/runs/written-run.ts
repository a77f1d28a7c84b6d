import type { Flow } from '../../workflows/definitions/index.ts';
import type { PersonId, WorkflowId } from '../../workflows/ids.ts';
import type { LaunchStage } from '../../workflows/launch-stage.ts';
import type { Held, WrittenRun } from '../../workflows/runs/model.ts';

/** The columns of a run that its workflow needs to know. */
export interface WrittenRow {
  workflowId: string;
  workflowName: string;
  version: number;
  hash: string;
  requesterId?: string | null;
  launchStage: LaunchStage;
  depth?: number;
}

/** What the workflow of a run is told about it, from its row, its definition and its input. */
export function writtenRun(row: WrittenRow, { flow, input }: { flow: Flow; input: Held }): WrittenRun {
  const { workflowId, workflowName: name, version, hash, launchStage } = row;
  return {
    workflow: { id: workflowId as WorkflowId, name, version, hash },
    flow,
    input,
    requesterId: (row.requesterId ?? null) as PersonId | null,
    launchStage,
    depth: row.depth ?? 0,
    cancelRequested: false,
    effectsRecord: true,
  };
}
