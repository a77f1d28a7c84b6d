import { describe, expect, it } from '@jest/globals';
import { summaryOf } from '../../../../workflows/approvals/guarded-actions.ts';
import type { Step } from '../../../../workflows/definitions/model.ts';
import { actionParts } from './action-parts.ts';

const partsOf = (step: object) =>
  actionParts({ kind: (step as Step).kind, summary: summaryOf(step as Step) });

describe('the line of an action', () => {
  it.each([
    [
      { id: 'a', kind: 'email', with: { connection: 'mail', to: ['a@x.example', '{{ b }}'], subject: 's' } },
      { say: 'mail', to: 'a@x.example, {{ b }}' },
    ],
    [
      { id: 'a', kind: 'postgres', with: { connection: 'shop', sql: 'DELETE FROM a: b' } },
      { say: 'write', connection: 'shop', sql: 'DELETE FROM a: b' },
    ],
    [
      { id: 'a', kind: 'http', with: { method: 'POST', path: '/refunds', connection: 'shop' } },
      { say: 'call', method: 'POST', path: '/refunds', connection: 'shop' },
    ],
    [{ id: 'a', kind: 'http', with: { method: 'POST', url: 'https://a.example/through it' } }, null],
  ])('of %j', (step, parts) => {
    expect(partsOf(step)).toEqual(parts);
  });

  it('that is no known one is left as it is', () => {
    expect(actionParts({ kind: 'teleport', summary: 'e-mail to a' })).toBeNull();
    expect(actionParts({ kind: 'email', summary: 'something else' })).toBeNull();
  });
});
