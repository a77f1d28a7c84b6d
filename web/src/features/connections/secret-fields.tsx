'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Field } from '../../components/field.tsx';
import { Input, Select, Textarea } from '../../components/input.tsx';
import { AUTH_KINDS, authKindOf, type AuthKind } from './connection-content.ts';
import type { ConnectionKind } from './loaders.ts';

interface SecretFieldsProps {
  kind: ConnectionKind;
  /** Names of the secrets that are set now. */
  isSet: readonly string[];
  problemOf: (field: string) => string | null;
}

/** The secrets of a connection. They go in and never come out again. */
export function SecretFields({ kind, isSet, problemOf }: SecretFieldsProps) {
  const t = useTranslations('Connections');
  const [auth, setAuth] = useState<AuthKind>(authKindOf(isSet));
  const secret = (name: 'bearer' | 'username' | 'password', isRequired = false) => (
    <Field label={t(`secrets.${name}`)} problem={problemOf(`secrets.${name}`)}>
      {(parts) => (
        <Input
          {...parts}
          type={name === 'username' ? 'text' : 'password'}
          name={`secrets.${name}`}
          autoComplete={name === 'username' ? 'off' : 'new-password'}
          required={isRequired}
        />
      )}
    </Field>
  );
  if (kind === 'POSTGRES') return secret('password');
  if (kind === 'SMTP')
    return (
      <>
        {secret('username')}
        {secret('password')}
      </>
    );
  return (
    <>
      <Field label={t('auth')} problem={problemOf('secrets')}>
        {(parts) => (
          <Select
            {...parts}
            name="auth"
            value={auth}
            onChange={(event) => setAuth(event.target.value as AuthKind)}
          >
            {AUTH_KINDS.map((one) => (
              <option key={one} value={one}>
                {t(`auths.${one}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {auth === 'bearer' ? secret('bearer', true) : null}
      {auth === 'basic' ? (
        <>
          {secret('username', true)}
          {secret('password')}
        </>
      ) : null}
      {auth === 'headers' ? (
        <Field label={t('secrets.headers')} hint={t('headersHint')} problem={problemOf('secrets.headers')}>
          {(parts) => <Textarea {...parts} name="secrets.headers" autoComplete="off" required dir="ltr" />}
        </Field>
      ) : null}
    </>
  );
}
