import { z } from 'zod';
import { Prisma, type Db } from '../../prisma/database.ts';
import { diffDefinitions, type DefinitionChange } from '../../workflows/definitions/index.ts';
import { DomainError } from '../../workflows/errors.ts';
import { globalId, type RunId, type TenantId } from '../../workflows/ids.ts';
import {
  compareRuns as compare,
  type ComparedStep,
  type RunComparison,
} from '../../workflows/runs/compare-runs.ts';
import type { Json } from '../../workflows/json.ts';
import type { RunError, RunStatus } from '../../workflows/runs/model.ts';
import { idField } from '../input-fields.ts';
import { query } from '../query.ts';
import { findRun } from './find-run.ts';
import { readRunDefinition } from './get-run-definition.ts';

/** The most steps of each run that are compared: the first ones. */
const COMPARED_STEPS = 1_000;

/** One of two runs, as a whole. */
export interface ComparedSide {
  runId: RunId;
  version: number;
  status: RunStatus;
  /** Milliseconds from its begin to its end; null when it has not both. */
  durationMs: number | null;
}

/** Two runs side by side, with what is different in their versions. */
export interface ComparedRuns extends RunComparison {
  left: ComparedSide;
  right: ComparedSide;
  differences: DefinitionChange[];
  /** True when one of the runs has more steps than are compared. */
  truncated: boolean;
}

/**
 * Compares two runs of one workflow up to their first divergence and beyond. Throws NOT_FOUND, or INVALID
 * `workflows_differ`.
 */
export const compareRuns = query({
  permission: 'runs.read',
  input: z.strictObject({ left: idField, right: idField }),
  run: async ({ db, tenantId }, { left, right }): Promise<ComparedRuns> => {
    const [one, other] = [await findRun(db, tenantId, left), await findRun(db, tenantId, right)];
    if (one.workflowId !== other.workflowId)
      throw new DomainError(
        'INVALID',
        'workflows_differ',
        'right: these are runs of different workflows. Choose two runs of the same one.',
        { field: 'right' },
      );
    const [first, second] = [await readSide(db, tenantId, one), await readSide(db, tenantId, other)];
    return {
      ...compare(first, second),
      left: sideOf(one),
      right: sideOf(other),
      differences: diffDefinitions(first.flow, second.flow),
      truncated: first.truncated || second.truncated,
    };
  },
});

function sideOf({
  id,
  version,
  status,
  startedAt,
  finishedAt,
}: Awaited<ReturnType<typeof findRun>>): ComparedSide {
  const durationMs = startedAt && finishedAt ? finishedAt.getTime() - startedAt.getTime() : null;
  return { runId: id as RunId, version, status: status as RunStatus, durationMs };
}

async function readSide(
  db: Db,
  tenantId: TenantId,
  run: { id: string; workflowId: string; version: number },
) {
  const rows = await readSteps(db, tenantId, run.id);
  return {
    id: globalId('run', run.id),
    flow: await readRunDefinition(db, tenantId, run),
    steps: rows.slice(0, COMPARED_STEPS).map(toCompared),
    truncated: rows.length > COMPARED_STEPS,
  };
}

/** Larger values are compared by their hash: bytes of JSON. */
const WHOLE_BYTES = 8_192;

interface Row extends Pick<ComparedStep, 'path' | 'stepId' | 'kind' | 'status' | 'attempt'> {
  startedAt: Date | null;
  finishedAt: Date | null;
  reusedFrom: string | null;
  error: RunError | null;
  input: Json;
  inputHash: string | null;
  output: Json;
  outputHash: string | null;
}

function readSteps(db: Db, tenantId: TenantId, runId: string): Promise<Row[]> {
  return db.$queryRaw<Row[]>`
    SELECT path, step_id AS "stepId", kind, status, attempt, error,
      started_at AS "startedAt", finished_at AS "finishedAt", reused_from AS "reusedFrom",
      ${valueColumns('input')}, ${valueColumns('output')}
    FROM run_step s WHERE tenant_id = ${tenantId}::uuid AND run_id = ${runId}::uuid
    ORDER BY sequence, path LIMIT ${COMPARED_STEPS + 1}`;
}

// PostgreSQL writes equal JSON as equal text.
function valueColumns(name: 'input' | 'output') {
  const large = `octet_length(${name}::text) > ${WHOLE_BYTES}`;
  return Prisma.raw(`
    CASE WHEN ${large} THEN NULL ELSE ${name} END AS ${name},
    CASE WHEN ${name}_ref IS NOT NULL
      THEN (SELECT encode(v.sha256, 'hex') FROM run_value v WHERE v.tenant_id = s.tenant_id AND v.id = s.${name}_ref)
      WHEN ${large} THEN encode(sha256(convert_to(${name}::text, 'UTF8')), 'hex') END AS "${name}Hash"`);
}

function toCompared(row: Row): ComparedStep {
  const { path, stepId, kind, status, attempt, error } = row;
  return {
    ...{ path, stepId, kind, status, attempt, error },
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    reused: row.reusedFrom !== null,
    input: row.inputHash === null ? { value: row.input } : { sha256: row.inputHash },
    output: row.outputHash === null ? { value: row.output } : { sha256: row.outputHash },
  };
}
