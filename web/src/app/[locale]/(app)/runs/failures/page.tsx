import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { PageHeader } from '../../../../../components/page-header.tsx';
import { SkeletonList } from '../../../../../components/skeleton.tsx';
import { FailuresList } from '../../../../../features/runs/failures-list.tsx';
import { ListViews } from '../../../../../features/runs/list-views.tsx';
import type { SearchParams } from '../../../../../lib/search-params.ts';

export async function generateMetadata() {
  const t = await getTranslations('RunFailures');
  return { title: t('title') };
}

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const t = await getTranslations('RunFailures');
  const params = await searchParams;
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <ListViews view="failures" />
      <Suspense key={JSON.stringify(params)} fallback={<SkeletonList label={t('loading')} />}>
        <FailuresList params={params} />
      </Suspense>
    </>
  );
}
