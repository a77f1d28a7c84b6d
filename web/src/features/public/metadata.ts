import type { Metadata } from 'next';
import { LOCALES, type Locale } from '../../i18n/locales.ts';
import { webConfig } from '../../lib/config.ts';
import type { PublicPath } from './places.ts';

/** What search engines and previews of links are told of a public page. */
export interface PageWords {
  title: string;
  description: string;
  /** The name of the product. */
  name: string;
  /** What the picture of the preview shows, for those who do not see it. */
  picture: string;
}

/** The address of a public page in each language, and the one that takes the browser's own. */
export function alternatesOf(path: PublicPath, origin: string): Record<Locale | 'x-default', string> {
  const byLocale = Object.fromEntries(LOCALES.map((locale) => [locale, `${origin}/${locale}${path}`]));
  return { ...(byLocale as Record<Locale, string>), 'x-default': `${origin}${path === '' ? '/' : path}` };
}

/** The metadata of a public page, which everybody may find. */
export function publicMetadata(path: PublicPath, locale: Locale, words: PageWords): Metadata {
  const { url: origin } = webConfig();
  const { title, description, name, picture } = words;
  const languages = alternatesOf(path, origin);
  const whole = path === '' ? `${name} · ${title}` : `${title} · ${name}`;
  const images = [{ url: '/api/preview-picture', width: 1200, height: 630, alt: picture }];
  return {
    title: { absolute: whole },
    description,
    robots: { index: true, follow: true },
    alternates: { canonical: languages[locale], languages },
    openGraph: {
      type: 'website',
      siteName: name,
      title: whole,
      description,
      url: languages[locale],
      locale: locale.replace('-', '_'),
      images,
    },
    twitter: { card: 'summary_large_image', title: whole, description, images },
  };
}
