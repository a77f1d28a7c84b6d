import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { PageHeader } from '../../../../components/page-header.tsx';
import { SkeletonList } from '../../../../components/skeleton.tsx';
import { ListViews } from '../../../../features/runs/list-views.tsx';
import { RunsList } from '../../../../features/runs/runs-list.tsx';
import type { SearchParams } from '../../../../lib/search-params.ts';

export async function generateMetadata() {
  const t = await getTranslations('Runs');
  return { title: t('title') };
}

export default async function RunsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const t = await getTranslations('Runs');
  const params = await searchParams;
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <ListViews view="runs" />
      <Suspense key={JSON.stringify(params)} fallback={<SkeletonList label={t('loading')} rows={12} />}>
        <RunsList params={params} />
      </Suspense>
    </>
  );
}
