import { DocsPage } from '../../../../features/public/docs-page.tsx';
import { metadataOf } from '../../../../features/public/page-words.ts';

export function generateMetadata() {
  return metadataOf('/docs');
}

export default function Page() {
  return <DocsPage />;
}
