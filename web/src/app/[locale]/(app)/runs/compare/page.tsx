import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { PageHeader } from '../../../../../components/page-header.tsx';
import { SkeletonList } from '../../../../../components/skeleton.tsx';
import { ComparePage } from '../../../../../features/runs/compare-page.tsx';
import { Link } from '../../../../../i18n/navigation.ts';
import type { SearchParams } from '../../../../../lib/search-params.ts';

export async function generateMetadata() {
  const t = await getTranslations('RunCompare');
  return { title: t('title') };
}

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const t = await getTranslations('RunCompare');
  const params = await searchParams;
  return (
    <>
      <PageHeader
        title={t('title')}
        lead={t('lead')}
        above={
          <Link href="/runs" className="hover:text-say">
            {t('runs')}
          </Link>
        }
      />
      <Suspense fallback={<SkeletonList label={t('loading')} rows={12} />}>
        <ComparePage params={params} />
      </Suspense>
    </>
  );
}
