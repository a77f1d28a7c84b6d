import { getLocale, getTranslations } from 'next-intl/server';
import type { Metadata } from 'next';
import { publicMetadata } from './metadata.ts';
import type { PublicPath } from './places.ts';

const NAMESPACES = {
  '': 'PublicLanding',
  '/product': 'PublicProduct',
  '/security': 'PublicSecurity',
  '/docs': 'PublicDocs',
} as const satisfies Record<PublicPath, string>;

/** The metadata of a public page, in the language of the request. */
export async function metadataOf(path: PublicPath): Promise<Metadata> {
  const own = await getTranslations(NAMESPACES[path]);
  const t = await getTranslations('Public');
  const app = await getTranslations('App');
  return publicMetadata(path, await getLocale(), {
    title: own('title'),
    description: own('description'),
    name: app('name'),
    picture: t('picture'),
  });
}
