import { useTranslations } from 'next-intl';

const TONES = { A: 'text-class-a', B: 'text-class-b', C: 'text-class-c' };

/** How grave an action is: its letter, with what that means when pointed at. */
export function ClassBadge({ grade }: { grade: 'A' | 'B' | 'C' }) {
  const t = useTranslations('ApprovalClasses');
  return (
    <span
      title={t(`${grade}.meaning`)}
      className={`rounded-full border border-current px-2 py-0.5 text-12 font-medium whitespace-nowrap ${TONES[grade]}`}
    >
      {t(`${grade}.name`)}
    </span>
  );
}
