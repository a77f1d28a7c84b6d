import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ApprovalRequest } from '../../workflows/approvals/model.ts';
import { DomainError } from '../../workflows/errors.ts';
import type { Ctx } from '../context.ts';
import { verifyAuditChain } from '../tenancy/index.ts';
import { openAdminHouse, type AdminHouse } from '../testing.ts';
import { askedFor, decideOn, newMember } from './testing.ts';

let house: AdminHouse;
let tenant: AdminHouse['tenant'];
let admin: AdminHouse['admin'];
beforeAll(async () => {
  house = await openAdminHouse();
  ({ tenant, admin } = house);
});
afterAll(() => house.close());

const REQUESTS = 100;
const DECISIONS = 100;
const AT_ONCE = 50;

interface Row {
  id: string;
  class: string;
  status: string;
  yes: number;
  /** How many of the approvals came in each role. */
  inRoles: number[];
  no: number;
  people: number;
  sent: number;
  decided: number;
}

/** Two people in one role are not enough, so a third may have been needed: the last one is alone in another role. */
const isFirstOfTwoRoles = ({ inRoles }: Row) => inRoles.length === 2 && Math.min(...inRoles) === 1;

describe('10,000 decisions that race for 100 requests', () => {
  it('come to exactly one outcome each, with one message to the run, and audit rows that agree', async () => {
    const requests: ApprovalRequest[] = [];
    for (let i = 0; i < REQUESTS; i += 1)
      requests.push(await askedFor(house, tenant, { class: i % 2 ? 'C' : 'B' }));
    const people: Ctx[] = [];
    for (const role of ['finance', 'security', 'operator', 'finance', 'security', 'operator'] as const)
      people.push(await newMember(house, tenant, [role]));

    // Neighbours in time want the same requests, from other people and with other words; the first word is "no" for
    // three requests in ten.
    const wanted = Array.from({ length: REQUESTS * DECISIONS }, (_, n) => {
      const i = Math.floor(n / AT_ONCE) % REQUESTS;
      return {
        request: requests[i]!,
        by: people[(n * 7) % people.length]!,
        decision: (n * 13 + i * 3) % 10 < 7 ? ('APPROVE' as const) : ('DENY' as const),
      };
    });
    const answers = new Map<string, number>();
    const count = (answer: string) => answers.set(answer, (answers.get(answer) ?? 0) + 1);
    let next = 0;
    const decideUntilDone = async () => {
      for (let one = wanted[next++]; one !== undefined; one = wanted[next++])
        try {
          await decideOn(one.by, one.request, { decision: one.decision });
          count('taken');
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
          count(error.reason);
        }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, decideUntilDone));

    expect([...answers.values()].reduce((sum, n) => sum + n, 0)).toBe(REQUESTS * DECISIONS);
    const foreseen = ['already_voted', 'approval_already_decided', 'taken'];
    expect([...answers.keys()].filter((answer) => !foreseen.includes(answer))).toEqual([]);
    const { rows } = await admin.query<Row>(
      `SELECT a.id, a.class, a.status,
         count(d.person_id) FILTER (WHERE d.verdict = 'APPROVE')::int AS yes,
         ARRAY(SELECT count(*)::int FROM approval_decision y WHERE y.tenant_id = a.tenant_id
            AND y.approval_id = a.id AND y.verdict = 'APPROVE' GROUP BY y.roles) AS "inRoles",
         count(d.person_id) FILTER (WHERE d.verdict = 'DENY')::int AS no,
         count(DISTINCT d.person_id)::int AS people,
         (SELECT count(*)::int FROM outbox o WHERE o.payload ->> 'approvalId' = a.id::text) AS sent,
         (SELECT count(*)::int FROM audit_event e WHERE e.target = a.id::text AND e.action = 'approval.decide'
            AND NOT (e.details ->> 'repeated')::boolean) AS decided
       FROM approval a JOIN approval_decision d ON d.tenant_id = a.tenant_id AND d.approval_id = a.id
       WHERE a.tenant_id = $1 GROUP BY a.tenant_id, a.id`,
      [tenant.tenantId],
    );
    expect(rows).toHaveLength(REQUESTS);
    const wrong = rows.filter((row) => {
      const outcome = row.no > 0 ? 'DENIED' : 'APPROVED';
      const enough = row.no === 1 || (row.class === 'C' ? isFirstOfTwoRoles(row) : row.yes === 1);
      const once = row.no <= 1 && row.sent === 1 && row.people === row.yes + row.no;
      return row.status !== outcome || !enough || !once || row.decided !== row.people;
    });
    expect(wrong).toEqual([]);
    expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(['APPROVED', 'DENIED']));
    expect(await verifyAuditChain(tenant.as('security'), {})).toMatchObject({ intact: true });
  }, 280_000);
});
