import { describe, expect, it } from '@jest/globals';
import { readApiConfig } from './config.ts';
import { DEFAULT_RATES } from './rate-limits.ts';

const least = { APP_DATABASE_URL: 'postgresql://app@127.0.0.1/levqor', LEVQOR_ENCRYPTION_KEYS: 'k1:AAAA' };

describe('readApiConfig', () => {
  it('has a default for everything but the database and the keys', () => {
    expect(readApiConfig(least)).toMatchObject({
      host: '127.0.0.1',
      port: 4000,
      production: false,
      log: { level: 'info' },
    });
  });

  it('limits rates as said, else as by default, and trusts no proxy unless told to', () => {
    const { rateLimits } = readApiConfig({
      ...least,
      LEVQOR_RATE_LIMIT_KEY: '600/20',
      LEVQOR_TRUST_PROXY: '2',
    });
    expect(rateLimits.rates).toEqual({ ...DEFAULT_RATES, key: { points: 600, seconds: 20 } });
    expect([rateLimits.trustedProxies, readApiConfig(least).rateLimits.trustedProxies]).toEqual([2, 0]);
  });

  it('takes an empty variable for one that is not set', () => {
    expect(readApiConfig({ ...least, LEVQOR_API_PORT: '', LEVQOR_LOG_PRETTY: '' }).port).toBe(4000);
  });

  it.each([
    ['APP_DATABASE_URL', undefined, 'is not set'],
    ['APP_DATABASE_URL', 'mysql://x', 'must begin with postgresql://'],
    ['LEVQOR_ENCRYPTION_KEYS', undefined, 'is not set'],
    ['LEVQOR_API_PORT', '70000', 'LEVQOR_API_PORT'],
    ['LEVQOR_API_PORT', 'http', 'LEVQOR_API_PORT'],
    ['LEVQOR_LOG_LEVEL', 'loud', 'LEVQOR_LOG_LEVEL'],
    ['LEVQOR_LAUNCH_STAGE', 'launched', 'LEVQOR_LAUNCH_STAGE'],
    ['LEVQOR_PRODUCTION', 'maybe', 'LEVQOR_PRODUCTION'],
    ['LEVQOR_RATE_LIMIT_KEY', '600', 'must be points/seconds'],
    ['LEVQOR_RATE_LIMIT_HOOK', '0/10', 'must be points/seconds'],
    ['LEVQOR_RATE_LIMIT_SIGN_IN', 'off', 'must be points/seconds'],
    ['LEVQOR_TRUST_PROXY', 'true', 'LEVQOR_TRUST_PROXY'],
    ['LEVQOR_TRUST_PROXY', '-1', 'LEVQOR_TRUST_PROXY'],
  ])('names %s when it is %p, and .env.example', (name, value, text) => {
    const read = () => readApiConfig({ ...least, [name]: value });
    expect(read).toThrow(name);
    expect(read).toThrow(text);
    expect(read).toThrow('.env.example');
  });

  it('never repeats a value, since it may be a secret', () => {
    const read = () => readApiConfig({ ...least, APP_DATABASE_URL: 'mysql://app:canary@db' });
    expect(read).toThrow(/^(?!.*canary)/s);
  });
});
