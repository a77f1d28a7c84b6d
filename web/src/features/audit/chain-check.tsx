import { getTranslations } from 'next-intl/server';
import { buttonLook } from '../../components/button.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { Link } from '../../i18n/navigation.ts';
import { checkAuditChain } from './loaders.ts';

/** Whether the log is whole, checked when somebody asks. */
export async function ChainCheck({ isAsked }: { isAsked: boolean }) {
  const t = await getTranslations('Audit');
  if (!isAsked)
    return (
      <Link href="/audit?check=yes" prefetch={false} className={buttonLook()}>
        {t('check')}
      </Link>
    );
  const { data } = await checkAuditChain();
  if (data === null) return <StateBadge tone="idle" word={t('notChecked')} />;
  const { valid, checked, brokenAt } = data.auditChain;
  return valid ? (
    <StateBadge tone="ok" word={t('unbroken', { count: checked })} />
  ) : (
    <StateBadge tone="fail" word={t('broken', { number: brokenAt ?? 0 })} />
  );
}
