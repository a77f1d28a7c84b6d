import { useTranslations } from 'next-intl';
import { StateBadge } from '../../components/state-badge.tsx';

/** Whether events are sent to an endpoint, and whether they arrive. */
export function EndpointState({
  disabledAt,
  failingSince,
}: {
  disabledAt: string | null;
  failingSince: string | null;
}) {
  const t = useTranslations('Endpoints');
  if (disabledAt !== null) return <StateBadge tone="idle" word={t('off')} isBare />;
  return failingSince === null ? (
    <StateBadge tone="ok" word={t('on')} isBare />
  ) : (
    <StateBadge tone="fail" word={t('failing')} isBare />
  );
}
