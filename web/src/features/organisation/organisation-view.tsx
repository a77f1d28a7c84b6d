import { getTranslations } from 'next-intl/server';
import { ErrorState } from '../../components/error-state.tsx';
import { Facts } from '../../components/facts.tsx';
import { Note } from '../../components/note.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { ApprovalRules } from './approval-rules.tsx';
import { loadOrganisation } from './loaders.ts';
import { RecentChanges } from './recent-changes.tsx';
import { RenameForm } from './rename-form.tsx';

/** What holds for the whole organisation: its name, the rules of approvals, and who changed it. */
export async function OrganisationView() {
  const t = await getTranslations('Organisation');
  const { data, problem } = await loadOrganisation();
  if (problem !== null) return <ErrorState problem={problem} />;
  const { organisation, permissions, launchStage } = data.viewer;
  const canWrite = permissions.includes('organisation.write');
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')}>
        {canWrite ? <RenameForm name={organisation.name} /> : null}
      </PageHeader>
      {canWrite ? null : <Note>{t('cannotWrite')}</Note>}
      <div className="flex max-w-3xl flex-col gap-8">
        <Facts
          facts={[
            [t('name'), <bdi key="name">{organisation.name}</bdi>],
            [
              t('slug'),
              <code key="slug" className="font-mono text-12">
                {organisation.slug}
              </code>,
            ],
            [
              t('id'),
              <code key="id" className="font-mono text-12 break-all">
                {organisation.id}
              </code>,
            ],
            [t('stage'), t(launchStage === 'post-launch' ? 'stagePost' : 'stagePre')],
          ]}
        />
        <ApprovalRules isLaunched={launchStage === 'post-launch'} />
        {permissions.includes('audit.read') ? <RecentChanges organisationId={organisation.id} /> : null}
      </div>
    </>
  );
}
