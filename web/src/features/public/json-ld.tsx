import { headers } from 'next/headers';
import { getLocale, getTranslations } from 'next-intl/server';
import { webConfig } from '../../lib/config.ts';

/** What the product is, for programs that read pages (schema.org). */
export async function JsonLd() {
  const t = await getTranslations('PublicLanding');
  const app = await getTranslations('App');
  const { url } = webConfig();
  const name = app('name');
  const organisation = { '@type': 'Organization', '@id': `${url}/#organisation`, name, url };
  const graph = [
    { ...organisation, logo: `${url}/api/preview-picture` },
    {
      ...{ '@type': 'SoftwareApplication', name, url, description: t('description') },
      ...{ applicationCategory: 'BusinessApplication', operatingSystem: 'Linux, macOS' },
      ...{ inLanguage: await getLocale(), license: 'https://www.apache.org/licenses/LICENSE-2.0' },
      ...{ publisher: { '@id': organisation['@id'] }, isAccessibleForFree: true },
    },
  ];
  return (
    <script
      type="application/ld+json"
      nonce={(await headers()).get('x-nonce') ?? undefined}
      // `<` would let a text end the element.
      dangerouslySetInnerHTML={{
        __html: JSON.stringify({ '@context': 'https://schema.org', '@graph': graph }).replaceAll(
          '<',
          '\\u003c',
        ),
      }}
    />
  );
}
