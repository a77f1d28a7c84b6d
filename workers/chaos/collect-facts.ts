import { globalId } from '../../workflows/ids.ts';
import type { TestPlatform } from '../testing/platform.ts';
import { diagnose } from './diagnose.ts';
import type { Facts, ShownApproval, ShownRun, ShownThing } from './facts.ts';
import type { GoodClient } from './good-client.ts';
import type { Ledger } from './ledger.ts';
import type { Rig } from './open-rig.ts';

const RUN_FIELDS = 'id status output error { code } parentRunId cancelRequestedAt';
/** So many runs that are not over are looked at closely. */
const DIAGNOSED = 20;
const APPROVAL_FIELDS = 'id status decisions { decision personEmail }';

/** Looks at everything, through the API where it is shown there, when the load has come to rest. */
export async function collectFacts(
  rig: Rig,
  client: GoodClient,
  known: { asked: number; ledger: Ledger; problems: string[] },
): Promise<Facts> {
  const { platform, receiver, mail, shop } = rig;
  const { asked, ledger, problems } = known;
  const letters = new Map<number, Set<string>>();
  for (const { to, messageId } of mail.letters) {
    const number = Number(/^n(\d+)@/.exec(to)?.[1]);
    letters.set(number, (letters.get(number) ?? new Set()).add(messageId));
  }
  const { auditChain } = await client.ask<Pick<Facts, 'auditChain'>>(
    'owner',
    '{ auditChain { valid checked brokenAt } }',
  );
  const inTemporal = await executions(platform);
  const goingOn = [...inTemporal].filter(([, status]) => status === 'RUNNING').slice(0, DIAGNOSED);
  const diagnoses = new Map<string, string>();
  for (const [id] of goingOn) diagnoses.set(id, await diagnose(platform, id));
  return {
    ...{ asked, problems, auditChain, letters, diagnoses },
    ledger: ledger.runs,
    made: ledger.made,
    runs: await allOf<ShownRun>(client, 'runs', RUN_FIELDS),
    approvals: await allOf<ShownApproval>(client, 'approvals', APPROVAL_FIELDS),
    things: await things(client),
    executions: inTemporal,
    stepCounts: await stepCounts(platform),
    stepProblems: await stepProblems(platform),
    audited: await audited(platform),
    effects: receiver.effects,
    effectsWithoutKey: receiver.withoutKey,
    rows: await shop.sql<{ run: string; n: number }>('SELECT run, n FROM entry'),
    outbox: await outboxOf(platform),
  };
}

/** How many messages wait in the outbox, and how many were set aside for good. */
export async function outboxOf(platform: TestPlatform): Promise<Facts['outbox']> {
  const [counted] = await platform.sql<Facts['outbox']>(
    `SELECT count(*) FILTER (WHERE failed_at IS NULL)::int AS waiting,
       count(*) FILTER (WHERE failed_at IS NOT NULL)::int AS failed FROM outbox`,
  );
  return counted ?? { waiting: 0, failed: 0 };
}

interface Page<Node> {
  edges: { node: Node }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

async function allOf<Node>(client: GoodClient, list: string, fields: string): Promise<Node[]> {
  const nodes: Node[] = [];
  let after: string | null = null;
  do {
    const answer: Record<string, Page<Node>> = await client.ask(
      'owner',
      `query ($after: String) { ${list}(first: 100, after: $after) {
        edges { node { ${fields} } } pageInfo { hasNextPage endCursor } } }`,
      { after },
    );
    const page = answer[list];
    nodes.push(...(page?.edges ?? []).map(({ node }) => node));
    after = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  return nodes;
}

async function things(client: GoodClient): Promise<ShownThing[]> {
  type Named = { id: string; name: string };
  const connections = await allOf<Named>(client, 'connections', 'id name');
  const workflows = await allOf<Named & { version: number | null }>(client, 'workflows', 'id name version');
  const keys = await allOf<Named & { revokedAt: string | null }>(client, 'apiKeys', 'id name revokedAt');
  return [
    ...connections.map(({ id, name }) => ({ kind: 'connection' as const, id, name, asWanted: true })),
    ...workflows.map(({ id, name, version }) => ({
      ...{ kind: 'workflow' as const, id, name },
      asWanted: version === 1,
    })),
    ...keys.map(({ id, name, revokedAt }) => ({
      ...{ kind: 'apiKey' as const, id, name },
      asWanted: revokedAt !== null,
    })),
  ];
}

async function executions({ temporal }: TestPlatform): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const query = `WorkflowType = 'runDefinition'`;
  for await (const { workflowId, status } of temporal.workflow.list({ query, pageSize: 1_000 }))
    found.set(globalId('run', workflowId.split('/')[2] ?? ''), status.name);
  return found;
}

async function stepCounts(platform: TestPlatform): Promise<Map<string, number>> {
  const rows = await platform.sql<{ id: string; count: number }>(
    'SELECT run_id AS id, count(*)::int AS count FROM run_step GROUP BY run_id',
  );
  return new Map(rows.map(({ id, count }) => [globalId('run', id), count]));
}

// The last event of a step's newest attempt must be what the step's row says. A cancelled run closes its open steps
// without an event of each.
const STEP_PROBLEMS = `
  SELECT r.id, s.path, s.status, e.kinds FROM run r JOIN run_step s ON s.run_id = r.id
  LEFT JOIN LATERAL (
    SELECT array_agg(kind) AS kinds FROM run_event e
    WHERE e.run_id = s.run_id AND e.path = s.path AND e.attempt = s.attempt
  ) e ON true
  WHERE s.status NOT IN ('SUCCEEDED', 'FAILED', 'SKIPPED', 'CANCELLED')
    OR (s.status <> 'CANCELLED' AND NOT s.status = ANY (coalesce(e.kinds, '{}')))
  UNION ALL
  SELECT e.run_id, e.path, 'no step', array_agg(e.kind) FROM run_event e
  WHERE NOT EXISTS (SELECT FROM run_step s WHERE s.run_id = e.run_id AND s.path = e.path)
  GROUP BY e.run_id, e.path`;

async function stepProblems(platform: TestPlatform): Promise<string[]> {
  const rows = await platform.sql<{ id: string; path: string; status: string; kinds: string[] | null }>(
    STEP_PROBLEMS,
  );
  return rows.map(
    ({ id, path, status, kinds }) =>
      `${globalId('run', id)} ${path}: ${status}, events ${(kinds ?? []).join(' ') || 'none'}`,
  );
}

async function audited(platform: TestPlatform): Promise<Set<string>> {
  const rows = await platform.sql<{ line: string }>(
    `SELECT DISTINCT action || ' ' || target AS line FROM audit_event WHERE target IS NOT NULL`,
  );
  return new Set(rows.map(({ line }) => line));
}
