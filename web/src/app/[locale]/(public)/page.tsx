import { JsonLd } from '../../../features/public/json-ld.tsx';
import { LandingPage } from '../../../features/public/landing-page.tsx';
import { metadataOf } from '../../../features/public/page-words.ts';

export function generateMetadata() {
  return metadataOf('');
}

export default function Page() {
  return (
    <>
      <JsonLd />
      <LandingPage />
    </>
  );
}
