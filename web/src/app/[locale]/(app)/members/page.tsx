import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { SkeletonPage } from '../../../../components/skeleton-page.tsx';
import { MembersList } from '../../../../features/members/members-list.tsx';
import type { SearchParams } from '../../../../lib/search-params.ts';

export async function generateMetadata() {
  const t = await getTranslations('Members');
  return { title: t('title') };
}

export default async function MembersPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const t = await getTranslations('Members');
  return (
    <Suspense fallback={<SkeletonPage title={t('title')} lead={t('lead')} label={t('loading')} />}>
      <MembersList params={await searchParams} />
    </Suspense>
  );
}
