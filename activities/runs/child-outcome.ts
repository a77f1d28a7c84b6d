import type { Db } from '../../prisma/database.ts';
import type { Json } from '../../workflows/json.ts';
import type { ChildKey } from '../../workflows/runs/activities.ts';
import type { Held, RunError, RunOutcome } from '../../workflows/runs/model.ts';
import type { RunDeps } from './deps.ts';

/** Makes the activity that tells how a run that another one called has ended; null while it goes on. */
export function readChildOutcome({ database }: RunDeps) {
  return (key: ChildKey): Promise<RunOutcome | null> =>
    database.withTenant(key.tenantId, (db) => outcomeOf(db, key));
}

async function outcomeOf(db: Db, { tenantId, runId, childRunId }: ChildKey): Promise<RunOutcome | null> {
  const child = await db.run.findFirstOrThrow({
    where: { tenantId, id: childRunId, parentRunId: runId },
    select: { status: true, output: true, outputRef: true, error: true },
  });
  switch (child.status) {
    case 'SUCCEEDED':
      return { status: child.status, output: await heldOutput(db, { tenantId, runId, childRunId }, child) };
    case 'FAILED':
    case 'TIMED_OUT':
      return { status: child.status, error: (child.error as RunError | null) ?? LOST };
    case 'CANCELLED':
      return { status: child.status };
    default:
      return null;
  }
}

const LOST: RunError = {
  code: 'FAILED',
  message: 'The called run was ended from outside.',
  ...{ stepId: null, path: null, details: null },
};

async function heldOutput(
  db: Db,
  { tenantId }: ChildKey,
  { output, outputRef }: { output: unknown; outputRef: string | null },
): Promise<Held> {
  if (outputRef === null) return { value: output as Json };
  const { bytes } = await db.runValue.findFirstOrThrow({
    where: { tenantId, id: outputRef },
    select: { bytes: true },
  });
  return { ref: outputRef, bytes };
}
