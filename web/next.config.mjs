import { join } from 'node:path';
import createNextIntlPlugin from 'next-intl/plugin';

const ROOT = join(import.meta.dirname, '..');
const withIntl = createNextIntlPlugin({ requestConfig: './src/i18n/request.ts' });

export default withIntl({
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  outputFileTracingRoot: ROOT,
  turbopack: { root: ROOT },
  // "npm run check" reads the types; a build need not do it again.
  typescript: { ignoreBuildErrors: true },
  experimental: {
    serverActions: { bodySizeLimit: '2mb' },
    // What is asked for while the connection breaks waits for it; else the page would be left for the browser's own error.
    useOffline: true,
  },
});
