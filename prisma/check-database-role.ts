import pg from 'pg';

/**
 * Makes sure that row-level security binds the role of this URL. Throws when the role is a superuser, bypasses row
 * security, or owns (or may become the owner of) a table; and when the database does not answer.
 */
export async function checkDatabaseRole(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 });
  // A lost connection is told to the waiting query as well; without a listener it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ role: string; rights: string | null }>(RIGHTS);
    const [found] = rows;
    if (!found?.rights) return;
    throw new Error(
      `The database role "${found.role}" in APP_DATABASE_URL ${found.rights}, so the walls between organisations ` +
        'would not hold. Use the role levqor_app. See .env.example.',
    );
  } finally {
    await client.end();
  }
}

// Rights of other roles count too, when this one may take them on.
const RIGHTS = `
  SELECT current_user AS role, CASE
    WHEN EXISTS (SELECT FROM pg_roles r WHERE r.rolsuper AND pg_has_role(current_user, r.oid, 'MEMBER'))
      THEN 'is a superuser'
    WHEN EXISTS (SELECT FROM pg_roles r WHERE r.rolbypassrls AND pg_has_role(current_user, r.oid, 'MEMBER'))
      THEN 'bypasses row-level security'
    WHEN EXISTS (
      SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND pg_has_role(current_user, c.relowner, 'MEMBER')
    ) THEN 'owns tables'
  END AS rights`;
