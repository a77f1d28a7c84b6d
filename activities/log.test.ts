import { describe, expect, it } from '@jest/globals';
import { createLogger } from './log.ts';

function logged(write: (log: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  write(createLogger({ level: 'info', pretty: false }, { write: (line) => void lines.push(line) }));
  return lines.join('');
}

describe('createLogger', () => {
  it('writes one JSON line with level, time and the given fields', () => {
    const line = JSON.parse(
      logged((log) => log.child({ tenantId: 't1' }).info({ runId: 'r1' }, 'Run started')),
    ) as Record<string, unknown>;
    expect(line).toMatchObject({ level: 'info', tenantId: 't1', runId: 'r1', msg: 'Run started' });
    expect(new Date(String(line['time'])).toISOString()).toBe(line['time']);
  });

  it.each([
    ['authorization', { headers: { authorization: 'Bearer canary-1234567890' } }],
    ['cookie', { headers: { cookie: 'session=canary' } }],
    ['set-cookie', { headers: { 'set-cookie': ['session=canary'] } }],
    ['password', { settings: { smtp: { password: 'canary' } } }],
    ['token', { token: 'canary' }],
    ['clientSecret', { oauth: { clientSecret: 'canary' } }],
    ['apiKey', { apiKey: 'canary' }],
    ['x-api-key', { headers: { 'x-api-key': 'canary' } }],
    ['privateKey', { privateKey: 'canary' }],
    ['databaseUrl', { databaseUrl: 'postgresql://app:canary@db/levqor' }],
    ['an address in a text', { detail: 'no answer from postgresql://app:canary@db/levqor' }],
    ['a header in a text', { detail: 'sent Authorization: Bearer canary-1234567890' }],
    ['an error', { err: new Error('cannot reach postgresql://app:canary@db:5432/x') }],
    ['the cause of an error', { err: new Error('no', { cause: { password: 'canary' } }) }],
    ['inside a list', { list: [{ password: 'canary' }] }],
  ])('removes a secret in %s', (_, fields) => {
    const text = logged((log) => log.error(fields, 'Something failed'));
    expect(text).toContain('Something failed');
    expect(text).not.toContain('canary');
    expect(text).toContain('[redacted]');
  });

  it('keeps the stack and the code of an error', () => {
    const error = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    const line = JSON.parse(logged((log) => log.error({ err: error }, 'No database'))) as {
      err: Record<string, string>;
    };
    expect(line.err).toMatchObject({ type: 'Error', message: 'refused', code: 'ECONNREFUSED' });
    expect(line.err['stack']).toContain('log.test.ts');
  });

  it('survives a deep and a circular value', () => {
    const circle: Record<string, unknown> = { name: 'circle' };
    circle['self'] = circle;
    expect(logged((log) => log.info({ circle }, 'Round'))).toContain('[deeper]');
  });
});
