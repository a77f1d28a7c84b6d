import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** A customer's database, with an account of its own. */
export interface Shop {
  host: string;
  port: number;
  database: string;
  user: string;
  password: string;
  /** Runs a statement as an administrator. */
  sql<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  /** Drops the database and the account. */
  close(): Promise<void>;
}

/** Makes the database on the server of `adminUrl`; its account owns the schema `public`. */
export async function openShop(adminUrl: string, password = randomBytes(12).toString('hex')): Promise<Shop> {
  const name = `shop_${randomBytes(6).toString('hex')}`;
  await once(adminUrl, (client) =>
    client.query(`CREATE ROLE ${name} LOGIN PASSWORD ${client.escapeLiteral(password)}`),
  );
  await once(adminUrl, (client) => client.query(`CREATE DATABASE ${name} OWNER ${name}`));
  const url = new URL(adminUrl);
  const { hostname: host } = url;
  const port = Number(url.port);
  url.pathname = `/${name}`;
  return {
    ...{ host, port, database: name, user: name, password },
    sql: async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
      (await once(url.href, (client) => client.query<Row>(text, values))).rows,
    close: async () => {
      await once(adminUrl, (client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
      await once(adminUrl, (client) => client.query(`DROP ROLE ${name}`));
    },
  };
}

/** Works with one connection and closes it. */
export async function once<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
