import { getNow, getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { PageHeader } from '../../../../components/page-header.tsx';
import { SkeletonList } from '../../../../components/skeleton.tsx';
import { RunsPicture } from '../../../../features/canvas/runs-picture.tsx';

export async function generateMetadata() {
  const t = await getTranslations('Canvas');
  return { title: t('title') };
}

export default async function CanvasPage() {
  const t = await getTranslations('Canvas');
  const now = (await getNow()).getTime();
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <Suspense fallback={<SkeletonList label={t('loading')} rows={12} />}>
        <RunsPicture now={now} />
      </Suspense>
    </>
  );
}
