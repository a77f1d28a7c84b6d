import type { MetadataRoute } from 'next';
import { alternatesOf } from '../features/public/metadata.ts';
import { PUBLIC_PATHS } from '../features/public/places.ts';
import { DEFAULT_LOCALE, TRANSLATED_LOCALES } from '../i18n/locales.ts';
import { webConfig } from '../lib/config.ts';

/** The address is known when the server runs, not when the pages are built. */
export const dynamic = 'force-dynamic';

/** The public pages in the languages that have texts of their own, each with its address in all languages. */
export default function sitemap(): MetadataRoute.Sitemap {
  const { url } = webConfig();
  return PUBLIC_PATHS.flatMap((path) => {
    const languages = alternatesOf(path, url);
    return ([DEFAULT_LOCALE, ...TRANSLATED_LOCALES] as const).map((locale) => ({
      url: languages[locale],
      alternates: { languages },
    }));
  });
}
