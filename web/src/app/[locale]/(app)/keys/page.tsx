import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { SkeletonPage } from '../../../../components/skeleton-page.tsx';
import { KeysList } from '../../../../features/keys/keys-list.tsx';
import type { SearchParams } from '../../../../lib/search-params.ts';

export async function generateMetadata() {
  const t = await getTranslations('Keys');
  return { title: t('title') };
}

export default async function KeysPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const t = await getTranslations('Keys');
  return (
    <Suspense fallback={<SkeletonPage title={t('title')} lead={t('lead')} label={t('loading')} />}>
      <KeysList params={await searchParams} />
    </Suspense>
  );
}
