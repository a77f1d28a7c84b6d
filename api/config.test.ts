import { describe, expect, it } from '@jest/globals';
import { readApiConfig } from './config.ts';

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
