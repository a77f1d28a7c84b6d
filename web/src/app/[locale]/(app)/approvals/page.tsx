import { getTranslations } from 'next-intl/server';
import { buttonLook } from '../../../../components/button.tsx';
import { PageHeader } from '../../../../components/page-header.tsx';
import { ApprovalsInbox } from '../../../../features/approvals/approvals-inbox.tsx';
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
        <span className="text-12 text-aside pointer-coarse:hidden max-md:hidden">{t('keys')}</span>
      </PageHeader>
      <ApprovalsInbox params={await searchParams} />
    </>
  );
}
