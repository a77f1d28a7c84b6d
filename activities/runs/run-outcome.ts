import type { Db } from '../../prisma/database.ts';
import type { Json } from '../../workflows/json.ts';
import type { Held, RunError, RunOutcome } from '../../workflows/runs/model.ts';

/** The columns that say how a run ended. */
export const OUTCOME_COLUMNS = { status: true, output: true, outputRef: true, error: true } as const;

interface EndedRow {
  status: string;
  output: unknown;
  outputRef: string | null;
  error: unknown;
}

/** How a run ended, by its row; null while it goes on. */
export async function outcomeOf(db: Db, tenantId: string, row: EndedRow): Promise<RunOutcome | null> {
  switch (row.status) {
    case 'SUCCEEDED':
      return { status: row.status, output: await heldOutput(db, tenantId, row) };
    case 'FAILED':
    case 'TIMED_OUT':
      return { status: row.status, error: (row.error as RunError | null) ?? LOST };
    case 'CANCELLED':
      return { status: row.status };
    default:
      return null;
  }
}

const LOST: RunError = {
  code: 'FAILED',
  message: 'The run was ended from outside.',
  ...{ stepId: null, path: null, details: null },
};

async function heldOutput(db: Db, tenantId: string, { output, outputRef }: EndedRow): Promise<Held> {
  if (outputRef === null) return { value: output as Json };
  const { bytes } = await db.runValue.findFirstOrThrow({
    where: { tenantId, id: outputRef },
    select: { bytes: true },
  });
  return { ref: outputRef, bytes };
}
