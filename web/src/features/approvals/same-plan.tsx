import { getTranslations } from 'next-intl/server';
import { ErrorState } from '../../components/error-state.tsx';
import { DecideTogether } from './decide-together.tsx';
import { loadAlike } from './loaders.ts';
import { PlanSummary } from './plan-summary.tsx';

/** All requests with one plan that wait for the person, to be decided at once. */
export async function SamePlan({ contentHash, signedAs }: { contentHash: string; signedAs: string | null }) {
  const t = await getTranslations('Together');
  const { data, problem } = await loadAlike(contentHash);
  if (problem !== null) return <ErrorState problem={problem} />;
  const requests = data.approvals.edges.map(({ node }) => node);
  const [first] = requests;
  return (
    <DecideTogether
      key={contentHash}
      contentHash={contentHash}
      requests={requests.map(({ id, run, requester, requestedAt, expiresAt }) => ({
        ...{ id, requestedAt, expiresAt, runId: run.id, workflowName: run.workflowName },
        requester: requester?.name ?? null,
      }))}
      about={first ? { title: first.title, grade: first.class, hasForm: first.form !== null } : null}
      more={data.approvals.pageInfo.hasNextPage ? t('more', { count: requests.length }) : null}
      signedAs={signedAs}
    >
      {first ? <PlanSummary details={first.details} plan={first.plan} /> : null}
    </DecideTogether>
  );
}
