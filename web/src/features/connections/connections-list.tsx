import { getTranslations } from 'next-intl/server';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { NextPage } from '../../components/next-page.tsx';
import { Note } from '../../components/note.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { StackTable } from '../../components/stack-table.tsx';
import { textIn, withQuery, type SearchParams } from '../../lib/search-params.ts';
import { loadPermissions } from '../shell/viewer.ts';
import { connectionCells } from './connection-cells.tsx';
import { CreateConnection } from './create-connection.tsx';
import { loadConnections } from './loaders.ts';

/** The connections of the organisation, newest first. */
export async function ConnectionsList({ params }: { params: SearchParams }) {
  const t = await getTranslations('Connections');
  const after = textIn(params, 'after');
  const [{ data, problem }, permissions] = await Promise.all([loadConnections(after), loadPermissions()]);
  if (problem !== null) return <ErrorState problem={problem} />;
  const canWrite = permissions.has('connections.write');
  const head = [t('name'), t('where'), t('secretsHead'), t('rateLimit'), t('changed')];
  const { edges, pageInfo } = data.connections;
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')}>
        {canWrite ? <CreateConnection /> : null}
      </PageHeader>
      {canWrite ? null : <Note>{t('cannotWrite')}</Note>}
      {edges.length === 0 ? (
        <EmptyState title={t('none')} text={t('noneText')} />
      ) : (
        <StackTable
          label={t('title')}
          head={canWrite ? [...head, ''] : head}
          rows={await Promise.all(
            edges.map(async ({ node }) => ({ key: node.id, cells: await connectionCells(node, canWrite) })),
          )}
        />
      )}
      <NextPage
        next={
          pageInfo.hasNextPage ? withQuery('/connections', { after: pageInfo.endCursor ?? undefined }) : null
        }
        first={after === undefined ? null : '/connections'}
        words={{ next: t('older'), first: t('newest'), label: t('pages') }}
      />
    </>
  );
}
