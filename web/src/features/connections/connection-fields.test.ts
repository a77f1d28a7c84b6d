import { describe, expect, it } from '@jest/globals';
import { connectionTyped } from './connection-fields.ts';

const typed = (fields: Record<string, string>): FormData => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
};

describe('a connection that was typed', () => {
  it('has its settings and secrets apart, and numbers as numbers', () => {
    const form = typed({
      host: ' db.example ',
      port: '5432',
      database: 'shop',
      user: 'me',
      password: 'secret',
      baseUrl: 'x',
    });
    expect(connectionTyped('POSTGRES', form)).toEqual({
      settings: { host: 'db.example', port: 5432, database: 'shop', user: 'me' },
      secrets: { password: 'secret' },
    });
  });

  it('has no secrets when none were typed, and says when it is not encrypted', () => {
    const form = typed({ host: 'mail.example', port: '25', from: 'a@b.example', username: '', plain: 'on' });
    expect(connectionTyped('SMTP', form)).toEqual({
      settings: { host: 'mail.example', port: 25, from: 'a@b.example', tls: false },
    });
  });
});
