import { getTranslations } from 'next-intl/server';
import { CopyButton } from '../../components/copy-button.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { When } from '../../components/when.tsx';
import { Link } from '../../i18n/navigation.ts';
import { loadPermissions } from '../shell/viewer.ts';
import { hiddenAddress } from '../webhooks/hidden-address.ts';
import { DefinitionEditor } from './definition-editor.tsx';
import { loadWorkflow, type ShownWorkflow } from './loaders.ts';
import { StartDialog } from './start-dialog.tsx';

/** A workflow: its draft as JSON with its problems and its graph, and its versions. */
export async function WorkflowPage({ id }: { id: string }) {
  const t = await getTranslations('Workflow');
  const { data, problem } = await loadWorkflow(id);
  if (problem !== null) return <ErrorState problem={problem} />;
  const { workflow } = data;
  if (workflow === null) return null;
  const permissions = await loadPermissions();
  return (
    <>
      <PageHeader
        title={workflow.name}
        above={
          <Link href="/workflows" className="hover:text-say">
            {t('workflows')}
          </Link>
        }
        beside={
          <StateBadge
            tone={workflow.version === null ? 'idle' : 'ok'}
            word={
              workflow.version === null ? t('neverPublished') : t('version', { number: workflow.version })
            }
          />
        }
      >
        <Link
          href={`/runs?workflow=${workflow.id}`}
          className="text-13 text-thread underline underline-offset-4"
        >
          {t('runs')}
        </Link>
        {permissions.has('runs.start') && workflow.version !== null ? (
          <StartDialog workflowId={workflow.id} />
        ) : null}
      </PageHeader>
      <DefinitionEditor
        key={workflow.id}
        workflow={workflow}
        canWrite={permissions.has('definitions.write')}
        canPublish={permissions.has('definitions.publish')}
      />
      <Webhook url={workflow.webhookUrl} />
      <Versions versions={workflow.versions} />
    </>
  );
}

/** The address that starts it when it is called, for those who may know it. */
async function Webhook({ url }: { url: string | null }) {
  const t = await getTranslations('Workflow');
  if (url === null) return null;
  return (
    <section aria-labelledby="webhook" className="mt-8">
      <h2 id="webhook" className="font-semibold">
        {t('webhook')}
      </h2>
      <p className="mt-1 max-w-prose text-13 text-explain">{t('webhookText')}</p>
      <div className="mt-3 flex flex-wrap items-center gap-2">
        <code className="min-w-0 rounded-1 border border-line-soft bg-ink-1 px-3 py-1.5 font-mono text-12 break-all">
          {hiddenAddress(url)}
        </code>
        <CopyButton text={url} label={t('copy')} done={t('copied')} />
      </div>
    </section>
  );
}

async function Versions({ versions: { edges } }: Pick<ShownWorkflow, 'versions'>) {
  const t = await getTranslations('Workflow');
  if (edges.length === 0) return null;
  return (
    <section aria-labelledby="versions" className="mt-8">
      <h2 id="versions" className="mb-3 font-semibold">
        {t('versions')}
      </h2>
      <ol className="flex flex-col gap-2 text-13">
        {edges.map(({ node: { number, publishedAt, publishedBy, note } }) => (
          <li key={number} className="flex flex-wrap gap-x-4 gap-y-1">
            <span className="font-medium tabular-nums">{t('version', { number })}</span>
            <When at={publishedAt} />
            <bdi className="text-explain">{publishedBy?.name ?? ''}</bdi>
            <bdi className="text-aside">{note ?? ''}</bdi>
          </li>
        ))}
      </ol>
    </section>
  );
}
