import { describe, expect, it } from '@jest/globals';
import { classifySql } from './classify-sql.ts';
import type { ApprovalClass } from './model.ts';

describe('classifySql', () => {
  it.each<[ApprovalClass | null, string]>([
    [null, 'SELECT * FROM invoices'],
    [null, 'select 1; select 2;'],
    [null, '  -- note\n /* a /* nested */ DROP TABLE x */ SELECT 1'],
    [null, "SELECT 'DROP TABLE x', \"DELETE\", $$ TRUNCATE x $$, $q$ it's $$ $q$ FROM t"],
    [null, "SELECT 'it''s; DROP TABLE x'"],
    [null, "SELECT E'it\\'s; DROP TABLE x'"],
    [null, '(SELECT 1) UNION (SELECT 2)'],
    [null, 'SELECT * FROM t FOR UPDATE'],
    [null, 'SELECT update, delete FROM t'],
    [null, 'SHOW search_path'],
    [null, 'VALUES (1), (2)'],
    [null, 'TABLE invoices'],
    [null, 'EXPLAIN DELETE FROM invoices'],
    [null, 'EXPLAIN (COSTS OFF) DELETE FROM invoices'],
    [null, 'WITH late AS (SELECT * FROM invoices WHERE due < $1) SELECT * FROM late'],
    [null, 'BEGIN; SELECT 1; COMMIT'],
    ['A', 'INSERT INTO t VALUES ($1) ON CONFLICT (id) DO UPDATE SET n = 1'],
    ['A', 'INSERT INTO t SELECT * FROM s'],
    ['A', 'UPDATE t SET a = 1 WHERE id = $1'],
    ['A', 'DELETE FROM t WHERE id = $1 RETURNING *'],
    ['A', 'WITH gone AS (DELETE FROM t WHERE id = $1 RETURNING *) SELECT * FROM gone'],
    ['A', 'WITH x AS (SELECT 1) UPDATE t SET a = (SELECT 1) WHERE id = 1'],
    [
      'A',
      'MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (1)',
    ],
    ['A', 'SELECT * INTO copy FROM t'],
    ['A', 'CREATE TABLE IF NOT EXISTS t (id int REFERENCES s ON DELETE CASCADE)'],
    ['A', 'CREATE UNIQUE INDEX i ON t (id)'],
    ['A', 'CREATE TEMP TABLE t AS SELECT 1'],
    ['A', 'REFRESH MATERIALIZED VIEW v'],
    ['A', 'COPY t FROM STDIN'],
    ['A', 'EXPLAIN ANALYZE UPDATE t SET a = 1 WHERE id = 1'],
    ['B', 'CALL close_books()'],
    ['B', 'CREATE OR REPLACE FUNCTION f() RETURNS int AS $$ SELECT 1 $$ LANGUAGE sql'],
    ['B', 'SET ROLE admin'],
    ['B', 'FROBNICATE'],
    ['B', ''],
    ['B', '-- nothing'],
    ['B', "SELECT 'open; DROP TABLE x"],
    ['B', 'SELECT 1 /* open'],
    ['B', 'SELECT $$ open'],
    ['C', 'DROP TABLE invoices'],
    ['C', 'drop/**/table invoices'],
    ['C', 'TRUNCATE invoices'],
    ['C', 'ALTER TABLE t ADD c int'],
    ['C', 'GRANT ALL ON t TO public'],
    ['C', 'REVOKE ALL ON t FROM ada'],
    ['C', 'CREATE ROLE ada SUPERUSER'],
    ['C', 'DO $$ BEGIN NULL; END $$'],
    ['C', 'DELETE FROM invoices'],
    ['C', 'UPDATE invoices SET paid = true'],
    ['C', 'UPDATE t SET a = (SELECT b FROM s WHERE s.id = 1)'],
    ['C', 'DELETE FROM t WHERE true'],
    ['C', 'DELETE FROM t WHERE 1 = 1 RETURNING id'],
    ['C', "DELETE FROM t WHERE 'a' = 'a'"],
    ['C', 'WITH gone AS (DELETE FROM t RETURNING *) SELECT * FROM gone WHERE id = 1'],
    ['C', 'WITH x AS (SELECT 1) DELETE FROM t'],
    ['C', 'SELECT 1; DROP TABLE x'],
    ['C', "SELECT 'a'; DELETE FROM t -- WHERE id = 1"],
    ['C', "COPY t TO PROGRAM 'rm -rf /'"],
    ['C', 'COPY (DELETE FROM t RETURNING *) TO STDOUT'],
    ['C', 'EXPLAIN (ANALYZE) DELETE FROM t'],
    ['C', "SELECT 'open; '; TRUNCATE t; SELECT 'x"],
  ])('gives %s to %s', (expected, sql) => {
    expect(classifySql(sql)).toBe(expected);
  });

  it('is quick with long text', () => {
    const begin = performance.now();
    for (const part of ["'", "''", '"', '$', '$a$', '/*', '(', 'a ', "E'\\'", '--\n'])
      classifySql(part.repeat(200_000));
    expect(performance.now() - begin).toBeLessThan(8_000);
  });
});
