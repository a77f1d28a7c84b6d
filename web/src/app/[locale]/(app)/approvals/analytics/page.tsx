import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { PageHeader } from '../../../../../components/page-header.tsx';
import { SkeletonList } from '../../../../../components/skeleton.tsx';
import { ApprovalsAnalytics } from '../../../../../features/approvals/approvals-analytics.tsx';
import { Link } from '../../../../../i18n/navigation.ts';
import type { SearchParams } from '../../../../../lib/search-params.ts';

export async function generateMetadata() {
  const t = await getTranslations('ApprovalAnalytics');
  return { title: t('title') };
}

export default async function AnalyticsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const t = await getTranslations('ApprovalAnalytics');
  const approvals = await getTranslations('Approvals');
  return (
    <>
      <PageHeader
        title={t('title')}
        lead={t('lead')}
        above={
          <Link href="/approvals" className="hover:text-say hover:underline">
            {approvals('title')}
          </Link>
        }
      />
      <Suspense fallback={<SkeletonList label={t('loading')} />}>
        <ApprovalsAnalytics params={await searchParams} />
      </Suspense>
    </>
  );
}
