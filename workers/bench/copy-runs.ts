import type { TestPlatform } from '../testing/platform.ts';

/** How to fill the history. */
export interface CopyPlan {
  /** Finished runs that are copied in turns, their ids as in the database. */
  samples: string[];
  /** How many copies there are in all. */
  count: number;
  /** The copies are spread evenly over so many days before now. */
  days: number;
}

/** What the copies are, as an expression of SQL, column by column; all other columns are as in the sample. */
const RUN = {
  id: 'copy.id',
  created_at: 'run.created_at - copy.age',
  started_at: 'run.started_at - copy.age',
  finished_at: 'run.finished_at - copy.age',
  // Unique in the original.
  parent_run_id: 'NULL',
  parent_path: 'NULL',
};
const STEP = {
  run_id: 'copy.id',
  started_at: 'run_step.started_at - copy.age',
  finished_at: 'run_step.finished_at - copy.age',
};
const EVENT = { run_id: 'copy.id', at: 'run_event.at - copy.age' };

/** Makes copies of finished runs with their steps and events, some thousands a second. */
export async function copyRuns({ sql }: TestPlatform, { samples, count, days }: CopyPlan): Promise<void> {
  await sql(
    `CREATE TABLE bench_copy AS SELECT gen_random_uuid() AS id,
       ($1::uuid[])[1 + n % $2::int] AS sample, make_interval(secs => n * $3::float8) AS age
     FROM generate_series(1, $4::int) AS n`,
    [samples, samples.length, (days * 86_400) / count, count],
  );
  await copyTable(sql, 'run', RUN);
  await copyTable(sql, 'run_step', STEP);
  await copyTable(sql, 'run_event', EVENT);
  await sql('DROP TABLE bench_copy');
  // As autovacuum does a little later.
  for (const table of ['run', 'run_step', 'run_event']) await sql(`VACUUM ANALYZE ${table}`);
}

async function copyTable(
  sql: TestPlatform['sql'],
  table: 'run' | 'run_step' | 'run_event',
  changed: Record<string, string>,
): Promise<void> {
  const columns = await sql<{ name: string }>(
    `SELECT quote_ident(column_name) AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER' ORDER BY ordinal_position`,
    [table],
  );
  const names = columns.map(({ name }) => name);
  const values = names.map((name) => changed[name] ?? `${table}.${name}`);
  const key = table === 'run' ? 'id' : 'run_id';
  await sql(
    `INSERT INTO ${table} (${names.join(', ')}) SELECT ${values.join(', ')}
     FROM bench_copy AS copy JOIN ${table} ON ${table}.${key} = copy.sample`,
  );
}
