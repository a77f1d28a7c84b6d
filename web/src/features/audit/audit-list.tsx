import { Download } from 'lucide-react';
import { getTimeZone, getTranslations } from 'next-intl/server';
import { buttonLook } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { NextPage } from '../../components/next-page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { StackTable } from '../../components/stack-table.tsx';
import { Link } from '../../i18n/navigation.ts';
import { textIn, withQuery, type SearchParams } from '../../lib/search-params.ts';
import { AuditFilters } from './audit-filters.tsx';
import { ChainCheck } from './chain-check.tsx';
import { eventCells } from './event-cells.tsx';
import { EXPORT_FORMATS } from './export-text.ts';
import { loadEvents, loadPeople } from './loaders.ts';
import { filterOf, wantedEvents, type WantedEvents } from './wanted-events.ts';

const EVENTS_A_PAGE = 50;

/** The audit log, newest first, narrowed by what the address says. */
export async function AuditList({ params }: { params: SearchParams }) {
  const t = await getTranslations('Audit');
  const wanted = wantedEvents(params);
  const after = textIn(params, 'after');
  const filter = await filterNow(wanted);
  const [{ data, problem }, people] = await Promise.all([
    loadEvents({ first: EVENTS_A_PAGE, after, filter }),
    loadPeople(),
  ]);
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')}>
        <ChainCheck />
        <Exports wanted={wanted} />
      </PageHeader>
      <AuditFilters key={JSON.stringify(wanted)} wanted={wanted} people={people} />
      {problem !== null ? (
        <ErrorState problem={problem} />
      ) : data.auditLog.edges.length === 0 ? (
        <EmptyState title={t('noneMatch')} text={t('noneMatchText')}>
          <Link href="/audit" className={buttonLook()}>
            {t('showAll')}
          </Link>
        </EmptyState>
      ) : (
        <StackTable
          label={t('title')}
          head={[t('when'), t('actor'), t('action'), t('target'), t('details')]}
          rows={await Promise.all(
            data.auditLog.edges.map(async ({ node }) => ({
              key: String(node.sequence),
              cells: await eventCells(node, wanted),
            })),
          )}
        />
      )}
      <NextPage
        next={
          data?.auditLog.pageInfo.hasNextPage
            ? withQuery('/audit', { ...wanted, after: data.auditLog.pageInfo.endCursor ?? undefined })
            : null
        }
        first={after === undefined ? null : withQuery('/audit', { ...wanted })}
        words={{ next: t('older'), first: t('newest'), label: t('pages') }}
      />
    </>
  );
}

async function filterNow(wanted: WantedEvents) {
  return filterOf(wanted, { zone: await getTimeZone(), now: Date.now() });
}

async function Exports({ wanted }: { wanted: WantedEvents }) {
  const t = await getTranslations('Audit');
  return EXPORT_FORMATS.map((format) => (
    <a
      key={format}
      href={withQuery('/api/audit-export', { ...wanted, format })}
      download
      className={buttonLook()}
    >
      <Download size={15} aria-hidden="true" /> {t(`exports.${format}`)}
    </a>
  ));
}
