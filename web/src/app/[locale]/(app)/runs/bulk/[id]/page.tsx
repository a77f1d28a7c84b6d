import { getTranslations } from 'next-intl/server';
import { BulkPage } from '../../../../../../features/runs/bulk-page.tsx';
import type { SearchParams } from '../../../../../../lib/search-params.ts';

interface PageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

export async function generateMetadata() {
  const t = await getTranslations('RunBulk');
  return { title: t('title') };
}

export default async function Page({ params, searchParams }: PageProps) {
  const { id } = await params;
  return <BulkPage id={decodeURIComponent(id)} params={await searchParams} />;
}
