import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { SkeletonPage } from '../../../../components/skeleton-page.tsx';
import { OrganisationView } from '../../../../features/organisation/organisation-view.tsx';

export async function generateMetadata() {
  const t = await getTranslations('Organisation');
  return { title: t('title') };
}

export default async function OrganisationPage() {
  const t = await getTranslations('Organisation');
  return (
    <Suspense fallback={<SkeletonPage title={t('title')} lead={t('lead')} label={t('loading')} />}>
      <OrganisationView />
    </Suspense>
  );
}
