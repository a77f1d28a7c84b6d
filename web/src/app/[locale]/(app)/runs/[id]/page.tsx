import { getTranslations } from 'next-intl/server';
import { RunPage } from '../../../../../features/runs/run-page.tsx';
import type { SearchParams } from '../../../../../lib/search-params.ts';

interface PageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

export async function generateMetadata() {
  const t = await getTranslations('RunPage');
  return { title: t('title') };
}

export default async function Page({ params, searchParams }: PageProps) {
  const { id } = await params;
  return <RunPage id={decodeURIComponent(id)} params={await searchParams} />;
}
