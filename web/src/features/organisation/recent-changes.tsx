import { getTranslations } from 'next-intl/server';
import { ErrorState } from '../../components/error-state.tsx';
import { StackTable } from '../../components/stack-table.tsx';
import { When } from '../../components/when.tsx';
import { Link } from '../../i18n/navigation.ts';
import { withQuery } from '../../lib/search-params.ts';
import { loadChanges, type OrganisationChange } from './loaders.ts';
import { renamingIn } from './renaming-in.ts';

/** What was done to the organisation itself, from the audit log. */
export async function RecentChanges({ organisationId }: { organisationId: string }) {
  const t = await getTranslations('Organisation');
  const kinds = await getTranslations('ActorKinds');
  const { data, problem } = await loadChanges(organisationId);
  return (
    <section aria-labelledby="changes">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
        <h2 id="changes" className="text-16 font-semibold">
          {t('changes')}
        </h2>
        <Link
          href={withQuery('/audit', { target: organisationId })}
          className="text-13 text-thread underline underline-offset-4"
        >
          {t('allChanges')}
        </Link>
      </div>
      {problem !== null ? (
        <ErrorState problem={problem} />
      ) : data.auditLog.edges.length === 0 ? (
        <p className="text-13 text-explain">{t('noChanges')}</p>
      ) : (
        <StackTable
          label={t('changes')}
          head={[t('when'), t('who'), t('what')]}
          rows={data.auditLog.edges.map(({ node }) => ({
            key: String(node.sequence),
            cells: [
              <When key="at" at={node.at} />,
              <span key="who">
                <bdi>{node.actor.name}</bdi>
                <span className="ms-2 text-12 text-aside">{kinds(node.actor.kind)}</span>
              </span>,
              <ChangeText key="what" change={node} />,
            ],
          }))}
        />
      )}
    </section>
  );
}

async function ChangeText({ change }: { change: OrganisationChange }) {
  const t = await getTranslations('Organisation');
  const renaming = renamingIn(change);
  if (renaming !== null)
    return t.rich('renamed', { ...renaming, name: (chunks) => <bdi className="font-medium">{chunks}</bdi> });
  if (change.action === 'tenant.provision') return t('provisioned');
  return <code className="font-mono text-12">{change.action}</code>;
}
