import { getTranslations } from 'next-intl/server';
import { PageHeader } from '../../../../components/page-header.tsx';
import { loadPermissions } from '../../../../features/shell/viewer.ts';
import { CreateDialog } from '../../../../features/workflows/create-dialog.tsx';
import { WorkflowsList } from '../../../../features/workflows/workflows-list.tsx';
import type { SearchParams } from '../../../../lib/search-params.ts';

export async function generateMetadata() {
  const t = await getTranslations('Workflows');
  return { title: t('title') };
}

export default async function WorkflowsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const t = await getTranslations('Workflows');
  const canWrite = (await loadPermissions()).has('definitions.write');
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')}>
        {canWrite ? <CreateDialog /> : null}
      </PageHeader>
      <WorkflowsList params={await searchParams} />
    </>
  );
}
