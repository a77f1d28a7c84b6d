import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { SkeletonPage } from '../../../../components/skeleton-page.tsx';
import { ConnectionsList } from '../../../../features/connections/connections-list.tsx';
import type { SearchParams } from '../../../../lib/search-params.ts';

export async function generateMetadata() {
  const t = await getTranslations('Connections');
  return { title: t('title') };
}

export default async function ConnectionsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const t = await getTranslations('Connections');
  return (
    <Suspense fallback={<SkeletonPage title={t('title')} lead={t('lead')} label={t('loading')} />}>
      <ConnectionsList params={await searchParams} />
    </Suspense>
  );
}
