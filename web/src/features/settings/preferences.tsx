'use client';

import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import { Field } from '../../components/field.tsx';
import { Select } from '../../components/input.tsx';
import { useChange } from '../../components/use-change.ts';
import { LANGUAGES, LOCALES, type Locale } from '../../i18n/locales.ts';
import { usePathname, useRouter } from '../../i18n/navigation.ts';
import { THEMES, type Theme } from '../../lib/preferences.ts';
import { chooseTheme, chooseTimeZone } from './actions.ts';

/** Look, language and time zone of this browser. */
export function Preferences({ theme, zones }: { theme: Theme; zones: string[] }) {
  const t = useTranslations('Settings');
  const router = useRouter();
  const path = usePathname();
  const zone = useTimeZone() ?? 'UTC';
  const locale = useLocale();
  const { isBusy, words, run } = useChange();
  const keep = (choose: () => Promise<void>): void => run(() => choose().then(() => null));
  return (
    <div className="flex max-w-md flex-col gap-5" aria-busy={isBusy}>
      <Field label={t('look')} hint={t('lookHint')}>
        {(parts) => (
          <Select {...parts} value={theme} onChange={({ target }) => keep(() => chooseTheme(target.value))}>
            {THEMES.map((one) => (
              <option key={one} value={one}>
                {t(`looks.${one}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t('language')} hint={t('languageHint')}>
        {(parts) => (
          <Select
            {...parts}
            value={locale}
            onChange={({ target }) =>
              keep(async () => router.replace(path, { locale: target.value as Locale }))
            }
          >
            {LOCALES.map((one) => (
              <option key={one} value={one} lang={one} dir={LANGUAGES[one].direction}>
                {LANGUAGES[one].name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t('zone')} hint={t('zoneHint')}>
        {(parts) => (
          <Select {...parts} value={zone} onChange={({ target }) => keep(() => chooseTimeZone(target.value))}>
            {zones.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </Select>
        )}
      </Field>
      {words === null ? null : (
        <p role="alert" className="text-13 text-fail">
          {words}
        </p>
      )}
    </div>
  );
}
