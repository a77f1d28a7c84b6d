import type pg from 'pg';
import { createDatabase, withClient, withParts } from '../databases.ts';
import { CUSTOMERS, demoInvoices } from './shop-data.ts';

/** The name of the demo shop's database and of the role that the demo workflow works as. */
export const SHOP = 'levqor_demo_shop';

const TABLES = `
  CREATE TABLE IF NOT EXISTS customer (id int PRIMARY KEY, name text NOT NULL, email text NOT NULL);
  CREATE TABLE IF NOT EXISTS invoice (
    id int PRIMARY KEY, number text UNIQUE NOT NULL, customer_id int NOT NULL REFERENCES customer,
    amount_cents bigint NOT NULL, currency text NOT NULL, issued_on date NOT NULL, due_on date NOT NULL, paid_on date);
  CREATE TABLE IF NOT EXISTS reminder_summary (
    run_id text PRIMARY KEY, invoices int NOT NULL, sent int NOT NULL, failed int NOT NULL, refused int NOT NULL,
    written_at timestamptz NOT NULL DEFAULT now());
  GRANT SELECT ON customer, invoice TO ${SHOP};
  GRANT SELECT, INSERT, UPDATE ON reminder_summary TO ${SHOP};`;

/** Makes the demo shop's database with its invoices, unless it is there, and the role that may read it. */
export async function fillShop(adminUrl: string, password: string): Promise<string> {
  await createDatabase(adminUrl, SHOP);
  const url = withParts(adminUrl, { database: SHOP });
  await withClient(url, async (client) => {
    const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [SHOP]);
    if (rowCount === 0) await client.query(`CREATE ROLE ${SHOP} LOGIN`);
    await client.query(`ALTER ROLE ${SHOP} LOGIN PASSWORD ${client.escapeLiteral(password)}`);
    await client.query(TABLES);
    await insertOnce(client);
  });
  return url;
}

async function insertOnce(client: pg.Client): Promise<void> {
  const customers = CUSTOMERS.map(({ name, mailbox }, id) => ({
    id,
    name,
    email: `accounts@${mailbox}.example`,
  }));
  await client.query(
    `INSERT INTO customer SELECT * FROM jsonb_to_recordset($1::jsonb) AS c(id int, name text, email text) ON CONFLICT DO NOTHING`,
    [JSON.stringify(customers)],
  );
  await client.query(
    `INSERT INTO invoice
     SELECT i.id, i.number, i.customer, i."amountCents", i.currency, current_date - i."issuedDaysAgo",
            current_date - i."dueDaysAgo", current_date - i."paidDaysAgo"
     FROM jsonb_to_recordset($1::jsonb) AS i(id int, number text, customer int, "amountCents" bigint, currency text,
       "issuedDaysAgo" int, "dueDaysAgo" int, "paidDaysAgo" int)
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(demoInvoices().map((invoice, id) => ({ id, ...invoice })))],
  );
}
