import { getTranslations } from 'next-intl/server';
import { EmptyState } from '../../../../components/empty-state.tsx';
import { ErrorState } from '../../../../components/error-state.tsx';
import { NextPage } from '../../../../components/next-page.tsx';
import { PageHeader } from '../../../../components/page-header.tsx';
import { CreateSchedule } from '../../../../features/schedules/schedule-forms.tsx';
import { ScheduleTable } from '../../../../features/schedules/schedule-table.tsx';
import { loadSchedules } from '../../../../features/schedules/loaders.ts';
import { loadPermissions } from '../../../../features/shell/viewer.ts';
import { textIn, withQuery, type SearchParams } from '../../../../lib/search-params.ts';

export async function generateMetadata() {
  const t = await getTranslations('Schedules');
  return { title: t('title') };
}

export default async function SchedulesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const t = await getTranslations('Schedules');
  const after = textIn(await searchParams, 'after');
  const canWrite = (await loadPermissions()).has('schedules.write');
  const { data, problem } = await loadSchedules(after);
  if (problem !== null) return <ErrorState problem={problem} />;
  const { edges, pageInfo } = data.schedules;
  const published = data.workflows.edges.map(({ node }) => node).filter(({ version }) => version !== null);
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')}>
        {canWrite && published.length > 0 ? <CreateSchedule workflows={published} /> : null}
      </PageHeader>
      {edges.length === 0 ? (
        <EmptyState title={t('none')} text={t('noneText')} />
      ) : (
        <ScheduleTable schedules={edges.map(({ node }) => node)} canWrite={canWrite} />
      )}
      <NextPage
        next={
          pageInfo.hasNextPage ? withQuery('/schedules', { after: pageInfo.endCursor ?? undefined }) : null
        }
        first={after === undefined ? null : '/schedules'}
        words={{ next: t('older'), first: t('newest'), label: t('pages') }}
      />
    </>
  );
}
