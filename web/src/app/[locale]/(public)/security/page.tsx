import { SecurityPage } from '../../../../features/public/security-page.tsx';
import { metadataOf } from '../../../../features/public/page-words.ts';

export function generateMetadata() {
  return metadataOf('/security');
}

export default function Page() {
  return <SecurityPage />;
}
