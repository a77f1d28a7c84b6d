import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { LOOK, PLACE_ID, PROGRAM } from '../../../features/graphiql/places.ts';
import { webConfig } from '../../../lib/config.ts';

export const metadata: Metadata = { title: 'GraphiQL' };

export default async function Page() {
  if (!webConfig().showsDeveloperPages) notFound();
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  return (
    <main id={PLACE_ID} dir="ltr" className="h-dvh">
      <link rel="stylesheet" href={LOOK} precedence="default" />
      <script async type="module" src={PROGRAM} nonce={nonce} />
    </main>
  );
}
