import { getTranslations } from 'next-intl/server';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { Input } from '../../components/input.tsx';
import { NextPage } from '../../components/next-page.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { Cell, Row, Table } from '../../components/table.tsx';
import { When } from '../../components/when.tsx';
import { Link } from '../../i18n/navigation.ts';
import { textIn, withQuery, type SearchParams } from '../../lib/search-params.ts';
import { loadWorkflows } from './loaders.ts';

/** The workflows in use, by what the address looks for. */
export async function WorkflowsList({ params }: { params: SearchParams }) {
  const t = await getTranslations('Workflows');
  const [search, after] = [textIn(params, 'search'), textIn(params, 'after')];
  const { data, problem } = await loadWorkflows({ after, search });
  if (problem !== null) return <ErrorState problem={problem} />;
  const { edges, pageInfo } = data.workflows;
  return (
    <>
      <search className="mb-3">
        <form className="flex max-w-sm gap-2">
          <Input
            type="search"
            name="search"
            aria-label={t('search')}
            placeholder={t('search')}
            defaultValue={search}
          />
          <Button type="submit">{t('find')}</Button>
        </form>
      </search>
      {edges.length === 0 ? (
        <EmptyState
          title={t(search ? 'noneMatch' : 'none')}
          text={t(search ? 'noneMatchText' : 'noneText')}
        />
      ) : (
        <Table label={t('title')} head={[t('name'), t('version'), t('changed'), t('madeBy')]}>
          {edges.map(({ node: { id, name, version, updatedAt, createdBy } }) => (
            <Row key={id}>
              <Cell className="max-w-96">
                <Link href={`/workflows/${id}`} className="font-medium break-words hover:underline">
                  <bdi>{name}</bdi>
                </Link>
              </Cell>
              <Cell>{version ?? <StateBadge tone="idle" word={t('draft')} isBare />}</Cell>
              <Cell>
                <When at={updatedAt} />
              </Cell>
              <Cell className="text-explain">
                <bdi>{createdBy?.name ?? '–'}</bdi>
              </Cell>
            </Row>
          ))}
        </Table>
      )}
      <NextPage
        next={
          pageInfo.hasNextPage
            ? withQuery('/workflows', { search, after: pageInfo.endCursor ?? undefined })
            : null
        }
        first={after === undefined ? null : withQuery('/workflows', { search })}
        words={{ next: t('more'), first: t('first'), label: t('pages') }}
      />
    </>
  );
}
