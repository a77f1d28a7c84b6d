import { describe, expect, it } from '@jest/globals';
import type { Flow, Step } from '../definitions/model.ts';
import { refundFlow } from '../definitions/testing/flows.ts';
import { guardedActions, ownAction } from './guarded-actions.ts';

const post = (id: string): Step => ({
  id,
  kind: 'http',
  with: { connection: 'shop', method: 'POST', path: `/${id}` },
});
const gate: Step = { id: 'gate', kind: 'approval', with: { title: 'May I?' } };
const flow = (...steps: Step[]): Flow => ({ flow: 'v1', steps });
const ids = (of: Flow, id = 'gate') => guardedActions(of, id).map(({ stepId }) => stepId);

describe('guardedActions', () => {
  it('lists what follows the gate, nested steps included, and not what stood before it', () => {
    const each: Step = { id: 'each', kind: 'forEach', items: [], as: 'x', steps: [post('in')] };
    expect(ids(flow(post('before'), gate, post('next'), each, post('last')))).toEqual(['next', 'in', 'last']);
  });

  it('lists the rest of its own list, then what follows each container outwards', () => {
    const inner: Step = { id: 'try', kind: 'try', steps: [gate, post('one')], catch: [post('handler')] };
    const outer: Step = {
      id: 'box',
      kind: 'branch',
      cases: [{ when: '{{ 1 }}', steps: [inner, post('two')] }],
      otherwise: [post('other')],
    };
    expect(ids(flow(outer, post('three')))).toEqual(['one', 'two', 'three']);
  });

  it('is empty for a step that is not there', () => {
    expect(guardedActions(refundFlow(), 'nobody')).toEqual([]);
  });

  it('says in one line what each action does', () => {
    expect(guardedActions(refundFlow(), 'gate')).toEqual([
      { stepId: 'refund', kind: 'http', summary: 'POST /refunds through shop', class: 'A' },
    ]);
  });

  it.each<[Step, string]>([
    [
      { id: 'a', kind: 'http', with: { method: 'DELETE', url: 'https://a.example/{{ input.id }}' } },
      'DELETE https://a.example/{{ input.id }}',
    ],
    [
      { id: 'a', kind: 'email', with: { to: '{{ line.email }}', subject: 'x', text: 'y' } },
      'e-mail to {{ line.email }}',
    ],
    [
      { id: 'a', kind: 'email', with: { to: ['a@b.example', 'c@d.example'], subject: 'x', text: 'y' } },
      'e-mail to a@b.example, c@d.example',
    ],
    [
      {
        id: 'a',
        kind: 'postgres',
        with: { connection: 'demo', sql: 'UPDATE invoices\n  SET paid = true\n WHERE id = $1' },
      },
      'write to demo: UPDATE invoices SET paid = true WHERE id = $1',
    ],
  ])('%j', (step, summary) => {
    expect(ownAction(step)?.summary).toBe(summary);
  });

  it('cuts a long one', () => {
    const sql = `DELETE FROM t WHERE id IN (${'1, '.repeat(100)}1)`;
    const summary =
      ownAction({ id: 'a', kind: 'postgres', with: { connection: 'demo', sql } })?.summary ?? '';
    expect(Array.from(summary)).toHaveLength(120);
    expect(summary.endsWith('…')).toBe(true);
  });
});
