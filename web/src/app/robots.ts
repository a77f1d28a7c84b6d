import type { MetadataRoute } from 'next';
import { placesFor } from '../features/shell/places.ts';
import { PERMISSIONS } from '../../../workflows/tenancy/model.ts';
import { webConfig } from '../lib/config.ts';

/** The address is known when the server runs, not when the pages are built. */
export const dynamic = 'force-dynamic';

/** Search engines may look at the public pages; those of the app lead to the sign-in page anyway. */
export default function robots(): MetadataRoute.Robots {
  const { url } = webConfig();
  const places = placesFor(PERMISSIONS).flatMap((group) => group.places.map(({ href }) => href));
  const closed = [...places, '/settings', '/sign-in', '/design'].map((path) => `/*${path}`);
  return {
    rules: {
      userAgent: '*',
      allow: ['/', '/api/preview-picture'],
      disallow: ['/api/', '/graphql', ...closed],
    },
    sitemap: `${url}/sitemap.xml`,
  };
}
