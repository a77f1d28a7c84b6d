import { notFound } from 'next/navigation';
import { ErrorState } from '../../../../../../components/error-state.tsx';
import { EndpointView } from '../../../../../../features/endpoints/endpoint-view.tsx';
import { loadEndpoint } from '../../../../../../features/endpoints/loaders.ts';
import { loadPermissions } from '../../../../../../features/shell/viewer.ts';
import { textIn, type SearchParams } from '../../../../../../lib/search-params.ts';

interface PageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function EndpointPage({ params, searchParams }: PageProps) {
  const { id } = await params;
  const after = textIn(await searchParams, 'after');
  const [{ data, problem }, permissions] = await Promise.all([loadEndpoint(id, after), loadPermissions()]);
  if (problem !== null) return <ErrorState problem={problem} />;
  if (data.endpoint === null) notFound();
  const canWrite = permissions.has('webhooks.write');
  return (
    <EndpointView
      endpoint={data.endpoint}
      deliveries={data.endpointDeliveries}
      canWrite={canWrite}
      isFirstPage={after === undefined}
    />
  );
}
