import type { Db } from '../../prisma/database.ts';
import { DomainError } from '../../workflows/errors.ts';
import type { TenantId } from '../../workflows/ids.ts';
import type { Json } from '../../workflows/json.ts';
import type { StepKind } from '../../workflows/definitions/index.ts';
import type { Held, RunError, StepStatus } from '../../workflows/runs/model.ts';
import type { PastStep } from '../../workflows/runs/past-steps.ts';

/** More than this is not read at once: steps of a run, and bytes of their results in the database. */
const READABLE = { steps: 25_000, bytes: 32 * 1024 * 1024 };

/** All steps of a run with their results, in the order in which they began. Throws PRECONDITION_FAILED `run_too_large`. */
export async function readPastSteps(db: Db, tenantId: TenantId, runId: string): Promise<PastStep[]> {
  const [size] = await db.$queryRaw<[{ steps: number; bytes: number }]>`
    SELECT count(*)::int AS steps,
      COALESCE(sum(COALESCE(pg_column_size(output), 0) + COALESCE(pg_column_size(input), 0)), 0)::float8 AS bytes
    FROM run_step WHERE tenant_id = ${tenantId}::uuid AND run_id = ${runId}::uuid`;
  if (size.steps > READABLE.steps || size.bytes > READABLE.bytes)
    throw new DomainError(
      'PRECONDITION_FAILED',
      'run_too_large',
      `This run has too many steps or results to be taken over (${size.steps} steps). Start a new run instead.`,
      { steps: size.steps },
    );
  const rows = await db.runStep.findMany({
    where: { tenantId, runId },
    orderBy: [{ sequence: 'asc' }, { path: 'asc' }],
  });
  const refs = rows.flatMap(({ inputRef, outputRef }) => [inputRef, outputRef]).filter((ref) => ref !== null);
  const values = await db.runValue.findMany({
    where: { tenantId, id: { in: refs } },
    select: { id: true, bytes: true },
  });
  const bytesOf = new Map(values.map(({ id, bytes }) => [id, bytes]));
  const held = (json: unknown, ref: string | null): Held =>
    ref === null ? { value: json as Json } : { ref, bytes: bytesOf.get(ref) ?? 0 };
  return rows.map(({ path, stepId, attempt, sequence, ...row }) => ({
    ...{ path, stepId, attempt, sequence },
    kind: row.kind as StepKind,
    status: row.status as StepStatus,
    input: row.input === null && row.inputRef === null ? null : held(row.input, row.inputRef),
    output: held(row.output, row.outputRef),
    error: row.error as RunError | null,
  }));
}
