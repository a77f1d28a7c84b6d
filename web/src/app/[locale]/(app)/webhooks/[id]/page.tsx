import { notFound } from 'next/navigation';
import { ErrorState } from '../../../../../components/error-state.tsx';
import { loadPermissions } from '../../../../../features/shell/viewer.ts';
import { loadWebhook } from '../../../../../features/webhooks/loaders.ts';
import { WebhookView } from '../../../../../features/webhooks/webhook-view.tsx';
import { textIn, type SearchParams } from '../../../../../lib/search-params.ts';

interface PageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function WebhookPage({ params, searchParams }: PageProps) {
  const { id: workflowId } = await params;
  const after = textIn(await searchParams, 'after');
  const [{ data, problem }, permissions] = await Promise.all([
    loadWebhook(workflowId, after),
    loadPermissions(),
  ]);
  if (problem !== null) return <ErrorState problem={problem} />;
  const { workflow, webhook } = data;
  if (workflow === null || webhook === null) notFound();
  const canWrite = permissions.has('webhooks.write');
  return <WebhookView {...{ workflow, webhook, canWrite }} isFirstPage={after === undefined} />;
}
