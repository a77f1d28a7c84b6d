import { getTranslations } from 'next-intl/server';
import { CopyButton } from '../../components/copy-button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Facts } from '../../components/facts.tsx';
import { NextPage } from '../../components/next-page.tsx';
import { Note } from '../../components/note.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { StackTable } from '../../components/stack-table.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { When } from '../../components/when.tsx';
import { Link } from '../../i18n/navigation.ts';
import { withQuery } from '../../lib/search-params.ts';
import { hiddenAddress } from './hidden-address.ts';
import type { ShownWebhook, WebhookDelivery } from './loaders.ts';
import { WebhookControls } from './webhook-controls.tsx';

interface WebhookViewProps {
  workflow: { id: string; name: string };
  webhook: ShownWebhook;
  canWrite: boolean;
  isFirstPage: boolean;
}

/** The webhook of one workflow: its address, how calls are verified, and the calls that came. */
export async function WebhookView({ workflow, webhook, canWrite, isFirstPage }: WebhookViewProps) {
  const t = await getTranslations('Webhooks');
  const { disabled, scheme, deliveries } = webhook;
  const here = `/webhooks/${workflow.id}`;
  const { hasNextPage, endCursor } = deliveries.pageInfo;
  return (
    <>
      <PageHeader
        title={workflow.name}
        above={<Link href="/webhooks">{t('title')}</Link>}
        beside={<StateBadge tone={disabled ? 'idle' : 'ok'} word={t(disabled ? 'off' : 'on')} />}
      >
        {canWrite ? <WebhookControls workflowId={workflow.id} scheme={scheme} /> : null}
      </PageHeader>
      {canWrite ? null : <Note>{t('cannotWrite')}</Note>}
      {disabled ? <Note>{t('offText')}</Note> : null}
      <Facts facts={await factsOf(workflow, webhook)} />
      <h2 className="mt-6 mb-2 text-16 font-semibold">{t('calls')}</h2>
      {deliveries.edges.length === 0 ? (
        <EmptyState title={t('noCalls')} text={t('noCallsText')} />
      ) : (
        <StackTable
          label={t('calls')}
          head={[t('when'), t('outcome'), t('status'), t('size'), t('run')]}
          rows={await Promise.all(
            deliveries.edges.map(async ({ node }) => ({ key: node.id, cells: await callCells(node) })),
          )}
        />
      )}
      <NextPage
        next={hasNextPage ? withQuery(here, { after: endCursor ?? undefined }) : null}
        first={isFirstPage ? null : here}
        words={{ next: t('older'), first: t('newest'), label: t('pages') }}
      />
    </>
  );
}

async function factsOf(
  workflow: WebhookViewProps['workflow'],
  { url, scheme, hasSecret, createdAt, rotatedAt }: ShownWebhook,
): Promise<[string, React.ReactNode][]> {
  const t = await getTranslations('Webhooks');
  const forms = await getTranslations('Forms');
  return [
    [
      t('address'),
      url === null ? (
        t('addressHidden')
      ) : (
        <span key="address" className="flex flex-wrap items-center gap-3">
          <code dir="ltr" className="font-mono text-12 break-all">
            {hiddenAddress(url)}
          </code>
          <CopyButton text={url} label={t('copyAddress')} done={forms('copied')} />
        </span>
      ),
    ],
    [t('scheme'), t(`schemes.${scheme}`)],
    [t('secret'), t(hasSecret ? 'set' : 'notSet')],
    [
      t('workflow'),
      <Link key="workflow" href={`/workflows/${workflow.id}`} className="hover:underline">
        <bdi>{workflow.name}</bdi>
      </Link>,
    ],
    [t('since'), <When key="since" at={rotatedAt ?? createdAt} />],
  ];
}

async function callCells({
  receivedAt,
  outcome,
  reason,
  httpStatus,
  bytes,
  duplicates,
  runId,
}: WebhookDelivery) {
  const t = await getTranslations('Webhooks');
  return [
    <When key="at" at={receivedAt} />,
    <span key="outcome">
      <StateBadge tone={outcome === 'ACCEPTED' ? 'ok' : 'fail'} word={t(`outcomes.${outcome}`)} isBare />
      {reason === null ? null : <code className="block font-mono text-12 text-aside">{reason}</code>}
    </span>,
    <span key="status">
      {httpStatus}
      {duplicates > 0 ? (
        <span className="block text-12 text-aside">{t('repeated', { count: duplicates })}</span>
      ) : null}
    </span>,
    t('bytes', { bytes }),
    runId === null ? null : (
      <Link key="run" href={`/runs/${runId}`} className="hover:underline">
        {t('toRun')}
      </Link>
    ),
  ];
}
