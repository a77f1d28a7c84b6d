import { getTranslations } from 'next-intl/server';
import { Button } from '../../../../components/button.tsx';
import { EmptyState } from '../../../../components/empty-state.tsx';
import { ErrorState } from '../../../../components/error-state.tsx';
import { Input } from '../../../../components/input.tsx';
import { NextPage } from '../../../../components/next-page.tsx';
import { PageHeader } from '../../../../components/page-header.tsx';
import { Cell, Row, Table } from '../../../../components/table.tsx';
import { When } from '../../../../components/when.tsx';
import { ChainCheck } from '../../../../features/audit/chain-check.tsx';
import { loadAudit } from '../../../../features/audit/loaders.ts';
import { textIn, withQuery, type SearchParams } from '../../../../lib/search-params.ts';

export async function generateMetadata() {
  const t = await getTranslations('Audit');
  return { title: t('title') };
}

export default async function AuditPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const t = await getTranslations('Audit');
  const actors = await getTranslations('ActorKinds');
  const params = await searchParams;
  const [after, action] = [textIn(params, 'after'), textIn(params, 'action')?.trim()];
  const { data, problem } = await loadAudit({ after, action });
  if (problem !== null) return <ErrorState problem={problem} />;
  const { edges, pageInfo } = data.auditLog;
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')}>
        <ChainCheck isAsked={textIn(params, 'check') === 'yes'} />
      </PageHeader>
      <search className="mb-3">
        <form className="flex max-w-sm gap-2">
          <Input name="action" aria-label={t('action')} placeholder={t('actionHint')} defaultValue={action} />
          <Button type="submit">{t('find')}</Button>
        </form>
      </search>
      {edges.length === 0 ? (
        <EmptyState title={t('none')} text={t('noneText')} />
      ) : (
        <Table label={t('title')} head={['#', t('time'), t('who'), t('action'), t('what'), t('details')]}>
          {edges.map(({ node }) => (
            <Row key={node.sequence}>
              <Cell className="text-aside">{node.sequence}</Cell>
              <Cell>
                <When at={node.at} />
              </Cell>
              <Cell>
                {node.actor.kind === 'person' ? <bdi>{node.actor.name}</bdi> : actors(node.actor.kind)}
              </Cell>
              <Cell>
                <code className="font-mono text-12">{node.action}</code>
              </Cell>
              <Cell>
                <code
                  className="block max-w-56 truncate font-mono text-12 text-aside"
                  title={node.target ?? ''}
                >
                  {node.target ?? '–'}
                </code>
              </Cell>
              <Cell>
                <code
                  className="block max-w-80 truncate font-mono text-12 text-aside"
                  title={JSON.stringify(node.details)}
                >
                  {node.details === null ? '' : JSON.stringify(node.details)}
                </code>
              </Cell>
            </Row>
          ))}
        </Table>
      )}
      <NextPage
        next={
          pageInfo.hasNextPage
            ? withQuery('/audit', { action, after: pageInfo.endCursor ?? undefined })
            : null
        }
        first={after === undefined ? null : withQuery('/audit', { action })}
        words={{ next: t('older'), first: t('newest'), label: t('pages') }}
      />
    </>
  );
}
