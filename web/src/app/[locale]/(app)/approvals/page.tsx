import { getTranslations } from 'next-intl/server';
import { buttonLook } from '../../../../components/button.tsx';
import { PageHeader } from '../../../../components/page-header.tsx';
import { ApprovalsInbox } from '../../../../features/approvals/approvals-inbox.tsx';
import { KeysList } from '../../../../features/approvals/keys-list.tsx';
import { Link } from '../../../../i18n/navigation.ts';
import type { SearchParams } from '../../../../lib/search-params.ts';

export async function generateMetadata() {
  const t = await getTranslations('Approvals');
  return { title: t('title') };
}

export default async function ApprovalsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const t = await getTranslations('Approvals');
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')}>
        <Link href="/approvals/analytics" className={buttonLook()}>
          {t('analytics')}
        </Link>
        <Link href="/approvals/delegations" className={buttonLook()}>
          {t('delegations')}
        </Link>
        <KeysList />
      </PageHeader>
      <ApprovalsInbox params={await searchParams} />
    </>
  );
}
