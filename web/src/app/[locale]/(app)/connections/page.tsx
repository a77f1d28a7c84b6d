import { getTranslations } from 'next-intl/server';
import { EmptyState } from '../../../../components/empty-state.tsx';
import { ErrorState } from '../../../../components/error-state.tsx';
import { NextPage } from '../../../../components/next-page.tsx';
import { PageHeader } from '../../../../components/page-header.tsx';
import { Cell, Row, Table } from '../../../../components/table.tsx';
import { When } from '../../../../components/when.tsx';
import { CreateConnection, DeleteConnection } from '../../../../features/connections/connection-forms.tsx';
import { loadConnections } from '../../../../features/connections/loaders.ts';
import { placeOf } from '../../../../features/connections/place-of.ts';
import { loadPermissions } from '../../../../features/shell/viewer.ts';
import { textIn, withQuery, type SearchParams } from '../../../../lib/search-params.ts';

export async function generateMetadata() {
  const t = await getTranslations('Connections');
  return { title: t('title') };
}

export default async function ConnectionsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const t = await getTranslations('Connections');
  const after = textIn(await searchParams, 'after');
  const canWrite = (await loadPermissions()).has('connections.write');
  const { data, problem } = await loadConnections(after);
  if (problem !== null) return <ErrorState problem={problem} />;
  const { edges, pageInfo } = data.connections;
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')}>
        {canWrite ? <CreateConnection /> : null}
      </PageHeader>
      {edges.length === 0 ? (
        <EmptyState title={t('none')} text={t('noneText')} />
      ) : (
        <Table
          label={t('title')}
          head={[t('name'), t('kind'), t('leadsTo'), t('secrets'), t('rotated'), ...(canWrite ? [''] : [])]}
        >
          {edges.map(({ node }) => (
            <Row key={node.id}>
              <Cell className="font-medium">{node.name}</Cell>
              <Cell>{t(`kinds.${node.kind}`)}</Cell>
              <Cell>
                <code className="font-mono text-12 break-all">{placeOf(node.settings)}</code>
              </Cell>
              <Cell className="text-explain">
                {node.secretFields.length === 0 ? '–' : node.secretFields.join(', ')}
              </Cell>
              <Cell>
                <When at={node.rotatedAt ?? node.createdAt} />
              </Cell>
              {canWrite ? (
                <Cell className="text-end">
                  <DeleteConnection id={node.id} name={node.name} />
                </Cell>
              ) : null}
            </Row>
          ))}
        </Table>
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
