import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { SkeletonPage } from '../../../../../components/skeleton-page.tsx';
import { DelegationsView } from '../../../../../features/approvals/delegations-view.tsx';
import type { SearchParams } from '../../../../../lib/search-params.ts';

export async function generateMetadata() {
  const t = await getTranslations('Delegations');
  return { title: t('title') };
}

export default async function DelegationsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const t = await getTranslations('Delegations');
  return (
    <Suspense fallback={<SkeletonPage title={t('title')} lead={t('lead')} label={t('loading')} />}>
      <DelegationsView params={await searchParams} />
    </Suspense>
  );
}
