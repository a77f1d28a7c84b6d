import { getTranslations } from 'next-intl/server';
import { WorkflowPage } from '../../../../../features/workflows/workflow-page.tsx';

export async function generateMetadata() {
  const t = await getTranslations('Workflow');
  return { title: t('title') };
}

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <WorkflowPage id={decodeURIComponent(id)} />;
}
