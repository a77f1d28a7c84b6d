import { describe, expect, test } from '@jest/globals';
import { authKindOf, connectionContent, settingText } from './connection-content.ts';

const reader = (fields: Record<string, string>) => (name: string) => fields[name] ?? '';

describe('what the form of a connection says', () => {
  test.each([
    [
      'HTTP',
      { 'settings.baseUrl': ' https://api.example.com ', auth: 'none' },
      { settings: { baseUrl: 'https://api.example.com' }, secrets: null },
    ],
    [
      'HTTP',
      {
        'settings.baseUrl': 'https://api.example.com',
        'settings.headers': 'Accept: text/plain\n\nX-Team: a:b',
        'settings.rateLimit.requests': '10',
        auth: 'bearer',
        'secrets.bearer': 'token ',
        'secrets.password': 'of another choice',
      },
      {
        settings: {
          baseUrl: 'https://api.example.com',
          headers: { Accept: 'text/plain', 'X-Team': 'a:b' },
          rateLimit: { requests: 10, perSeconds: 1 },
        },
        secrets: { bearer: 'token' },
      },
    ],
    [
      'HTTP',
      { 'settings.baseUrl': 'x', auth: 'basic', 'secrets.username': 'ana' },
      { settings: { baseUrl: 'x' }, secrets: { username: 'ana', password: '' } },
    ],
    [
      'POSTGRES',
      {
        'settings.host': 'db.example.com',
        'settings.port': '5433',
        'settings.database': 'shop',
        'settings.user': 'reader',
        'settings.tls': 'unverified',
        'settings.readOnly': 'on',
        'secrets.password': ' kept as it is ',
      },
      {
        settings: {
          host: 'db.example.com',
          port: 5433,
          database: 'shop',
          user: 'reader',
          tls: 'unverified',
          readOnly: true,
        },
        secrets: { password: ' kept as it is ' },
      },
    ],
    [
      'SMTP',
      {
        'settings.host': 'mail.example.com',
        'settings.port': '25',
        'settings.tls': 'false',
        'settings.from': 'a@b.c',
      },
      { settings: { host: 'mail.example.com', port: 25, tls: false, from: 'a@b.c' }, secrets: null },
    ],
  ] as const)('%s %j', (kind, fields, content) => {
    expect(connectionContent(kind, reader(fields))).toEqual(content);
  });

  test.each([
    [['port'], '5432'],
    [['headers'], 'A: b\nC: d'],
    [['rateLimit', 'requests'], '3'],
    [['rateLimit', 'perSeconds', 'deeper'], ''],
    [['nothing'], ''],
  ])('the setting %j is shown as %j', (path, text) => {
    const settings = { port: 5432, headers: { A: 'b', C: 'd' }, rateLimit: { requests: 3, perSeconds: 1 } };
    expect(settingText(settings, ...path)).toBe(text);
  });

  test.each([
    [[], 'none'],
    [['bearer'], 'bearer'],
    [['username', 'password'], 'basic'],
    [['headers.X-Key'], 'headers'],
  ] as const)('secrets %j are of the kind %s', (fields, kind) => {
    expect(authKindOf(fields)).toBe(kind);
  });
});
