import { getFormatter, getTranslations } from 'next-intl/server';
import { When } from '../../components/when.tsx';
import { Link } from '../../i18n/navigation.ts';
import type { Role } from '../../../../workflows/tenancy/model.ts';
import { progressOf } from './approval-progress.ts';
import type { ShownApproval } from './loaders.ts';
import { planVersion } from './plan-facts.ts';

/** Who asked, for which run, who may decide, and how far it is. */
export async function ApprovalTerms({ approval }: { approval: ShownApproval }) {
  const t = await getTranslations('Approval');
  const isPending = approval.status === 'PENDING';
  const version = planVersion(approval.plan);
  return (
    <dl className="grid grid-cols-[minmax(6rem,auto)_1fr] gap-x-4 gap-y-1.5 text-13 [&_dt]:text-aside">
      <dt>{t('askedBy')}</dt>
      <dd>{approval.requester === null ? t('nobody') : <bdi>{approval.requester.name}</bdi>}</dd>
      <dt>{t('run')}</dt>
      <dd className="min-w-0 break-words">
        <Link href={`/runs/${approval.run.id}`} className="text-thread underline underline-offset-4">
          <bdi>{approval.run.workflowName}</bdi>
        </Link>
        {version === null ? null : <span className="ms-2 text-aside">{t('version', { version })}</span>}
        <code className="block font-mono text-12 break-all text-aside">{approval.path}</code>
      </dd>
      <dt>{t('needs')}</dt>
      <dd>
        {t('people', { count: approval.quorum })}: <WhoText {...approval.approvers} />
      </dd>
      {isPending ? <SoFar approval={approval} /> : null}
      <dt>{t('asked')}</dt>
      <dd>
        <When at={approval.requestedAt} />
      </dd>
      <dt>{t(isPending ? 'ends' : 'ended')}</dt>
      <dd>
        <When at={approval.closedAt ?? approval.expiresAt} />
      </dd>
      {approval.identicalPending > 1 ? (
        <>
          <dt>{t('alike')}</dt>
          <dd>{t('alikeCount', { count: approval.identicalPending - 1 })}</dd>
        </>
      ) : null}
    </dl>
  );
}

async function SoFar({ approval }: { approval: ShownApproval }) {
  const t = await getTranslations('Approval');
  const { given, needed, roles, people } = progressOf(approval);
  return (
    <>
      <dt>{t('soFar')}</dt>
      <dd>
        {t('progress', { given, needed })}
        {given === 0 || roles.length + people.length === 0 ? null : (
          <span className="block text-12 text-aside">
            {t('still')} <WhoText roles={roles} people={people} />
          </span>
        )}
      </dd>
    </>
  );
}

/** Roles and people, any of whom will do. */
export async function WhoText({ roles, people }: { roles: readonly Role[]; people: readonly string[] }) {
  const names = await getTranslations('Roles');
  const format = await getFormatter();
  return <bdi>{format.list([...roles.map((role) => names(role)), ...people], { type: 'disjunction' })}</bdi>;
}
