import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { DesignPage } from '../../../features/design/design-page.tsx';
import { WORDS } from '../../../features/design/words.ts';
import { AppFrame } from '../../../features/shell/app-frame.tsx';
import { webConfig } from '../../../lib/config.ts';

export const metadata: Metadata = { title: WORDS.title };

export default function Page() {
  if (!webConfig().showsDeveloperPages) notFound();
  return (
    <AppFrame>
      <DesignPage />
    </AppFrame>
  );
}
