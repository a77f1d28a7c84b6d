'use client';

import { useTranslations } from 'next-intl';
import { Field } from '../../components/field.tsx';
import { Checkbox, Input, Select, Textarea } from '../../components/input.tsx';
import type { Json } from '../../graphql/graphql.ts';
import { settingText } from './connection-content.ts';
import type { ConnectionKind } from './loaders.ts';

interface SettingFieldsProps {
  kind: ConnectionKind;
  settings: Json;
  problemOf: (field: string) => string | null;
}

/** The settings of a connection: where it leads, and how often steps may use it. People see them. */
export function SettingFields({ kind, settings, problemOf }: SettingFieldsProps) {
  const t = useTranslations('Connections');
  const line = (name: string, isRequired: boolean, type = 'text') => (
    <Field label={t(`settings.${name}` as never)} problem={problemOf(`settings.${name}`)}>
      {(parts) => (
        <Input
          {...parts}
          type={type}
          name={`settings.${name}`}
          defaultValue={settingText(settings, name)}
          autoComplete="off"
          required={isRequired}
          {...(name === 'port' ? { inputMode: 'numeric', pattern: '[0-9]{1,5}' } : {})}
        />
      )}
    </Field>
  );
  if (kind === 'HTTP')
    return (
      <>
        {line('baseUrl', true, 'url')}
        <Field label={t('settings.headers')} hint={t('headersHint')} problem={problemOf('settings.headers')}>
          {(parts) => (
            <Textarea
              {...parts}
              name="settings.headers"
              defaultValue={settingText(settings, 'headers')}
              dir="ltr"
            />
          )}
        </Field>
      </>
    );
  return (
    <>
      {line('host', true)}
      {line('port', kind === 'SMTP')}
      {kind === 'POSTGRES' ? (
        <>
          {line('database', true)}
          {line('user', true)}
        </>
      ) : (
        line('from', true)
      )}
      <Field label={t('settings.tls')} problem={problemOf('settings.tls')}>
        {(parts) => (
          <Select {...parts} name="settings.tls" defaultValue={settingText(settings, 'tls')}>
            <option value="">{t('tls.default')}</option>
            <option value="true">{t('tls.true')}</option>
            <option value="unverified">{t('tls.unverified')}</option>
            <option value="false">{t('tls.false')}</option>
          </Select>
        )}
      </Field>
      {kind === 'POSTGRES' ? (
        <Checkbox
          name="settings.readOnly"
          label={t('settings.readOnly')}
          defaultChecked={settingText(settings, 'readOnly') === 'true'}
        />
      ) : null}
    </>
  );
}

/** How often steps may use a connection. */
export function RateLimitFields({ settings, problemOf }: Omit<SettingFieldsProps, 'kind'>) {
  const t = useTranslations('Connections');
  return (
    <fieldset className="flex flex-wrap gap-3">
      <legend className="mb-1 text-13 font-medium">{t('rateLimit')}</legend>
      {(['requests', 'perSeconds'] as const).map((name) => (
        <Field key={name} label={t(`rateLimits.${name}`)} problem={problemOf(`settings.rateLimit.${name}`)}>
          {(parts) => (
            <Input
              {...parts}
              type="number"
              min={1}
              max={name === 'requests' ? 100_000 : 86_400}
              name={`settings.rateLimit.${name}`}
              defaultValue={settingText(settings, 'rateLimit', name)}
              className="max-w-36"
            />
          )}
        </Field>
      ))}
      <p className="w-full text-12 text-aside">{t('rateLimitHint')}</p>
    </fieldset>
  );
}
