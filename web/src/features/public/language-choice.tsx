import { getLocale, getTranslations } from 'next-intl/server';
import { LANGUAGES, LOCALES } from '../../i18n/locales.ts';
import type { PublicPath } from './places.ts';

const ID = 'languages';

/** The languages of this page, in a list that opens and closes without a script. */
export async function LanguageChoice({ path }: { path: PublicPath }) {
  const t = await getTranslations('Public');
  const locale = await getLocale();
  return (
    <>
      <button type="button" popoverTarget={ID} className="min-h-9 cursor-pointer text-explain hover:text-say">
        <span className="sr-only">{t('language')}</span> {LANGUAGES[locale].name}
      </button>
      <nav
        id={ID}
        popover="auto"
        aria-label={t('languages')}
        className="fixed start-auto end-3 top-16 bottom-auto max-h-[calc(100dvh-6rem)] w-[min(34rem,calc(100vw-1.5rem))] overflow-y-auto rounded-2 border border-line bg-ink-2 p-4 text-say shadow-lift"
      >
        <ul className="grid grid-cols-2 gap-x-4 sm:grid-cols-3">
          {LOCALES.map((one) => (
            <li key={one}>
              <a
                href={`/${one}${path}`}
                hrefLang={one}
                lang={one}
                dir={LANGUAGES[one].direction}
                aria-current={one === locale ? 'page' : undefined}
                className="block rounded-1 px-2 py-1.5 text-14 hover:bg-ink-3 aria-[current]:bg-ink-3 aria-[current]:font-medium"
              >
                {LANGUAGES[one].name}
              </a>
            </li>
          ))}
        </ul>
        <p className="mt-3 px-2 text-12 text-aside">{t('untranslated')}</p>
      </nav>
    </>
  );
}
