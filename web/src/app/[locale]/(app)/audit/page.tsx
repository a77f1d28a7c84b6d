import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { SkeletonPage } from '../../../../components/skeleton-page.tsx';
import { AuditList } from '../../../../features/audit/audit-list.tsx';
import type { SearchParams } from '../../../../lib/search-params.ts';

export async function generateMetadata() {
  const t = await getTranslations('Audit');
  return { title: t('title') };
}

export default async function AuditPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const t = await getTranslations('Audit');
  return (
    <Suspense fallback={<SkeletonPage title={t('title')} lead={t('lead')} label={t('loading')} />}>
      <AuditList params={await searchParams} />
    </Suspense>
  );
}
