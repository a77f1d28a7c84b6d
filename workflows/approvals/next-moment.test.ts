import { describe, expect, it } from '@jest/globals';
import { nextMoment, type WaitingSoFar } from './next-moment.ts';

const START = Date.parse('2026-03-01T00:00:00.000Z');
const after = (seconds: number) => START + seconds * 1_000;
const iso = (seconds: number) => new Date(after(seconds)).toISOString();
const nobody = { roles: [], people: [] };

const request = (more: { remind?: number; escalate?: number } = {}) => ({
  requestedAt: iso(0),
  expiresAt: iso(1_000),
  ...(more.remind === undefined ? {} : { remindEverySeconds: more.remind }),
  ...(more.escalate === undefined ? {} : { escalation: { at: iso(more.escalate), approvers: nobody } }),
});

describe('nextMoment', () => {
  it.each<[string, Parameters<typeof request>[0], WaitingSoFar, [string, number]]>([
    ['nothing but its expiry', {}, {}, ['expire', 1_000]],
    ['a first reminder', { remind: 60 }, {}, ['remind', 60]],
    ['the next reminder, on the clock of the request', { remind: 60 }, { reminded: 3 }, ['remind', 240]],
    ['no reminder past the expiry', { remind: 600 }, { reminded: 1 }, ['expire', 1_000]],
    ['no 21st reminder', { remind: 1 }, { reminded: 20 }, ['expire', 1_000]],
    ['an escalation', { escalate: 300 }, {}, ['escalate', 300]],
    ['no second escalation', { escalate: 300 }, { escalated: true }, ['expire', 1_000]],
    ['the earlier of both', { remind: 200, escalate: 300 }, {}, ['remind', 200]],
    ['the earlier of both, later', { remind: 200, escalate: 300 }, { reminded: 1 }, ['escalate', 300]],
    ['the escalation of two at once', { remind: 300, escalate: 300 }, {}, ['escalate', 300]],
    ['the expiry of three at once', { remind: 1_000, escalate: 1_000 }, {}, ['expire', 1_000]],
  ])('is %s', (_, terms, soFar, [what, seconds]) => {
    expect(nextMoment(request(terms), soFar)).toEqual({ what, at: after(seconds) });
  });
});
