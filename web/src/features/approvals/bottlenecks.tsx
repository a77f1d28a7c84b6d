import { getFormatter, getTranslations } from 'next-intl/server';
import { StackTable } from '../../components/stack-table.tsx';
import type { Bottleneck } from './analytics-loader.ts';
import { secondsText } from './seconds-text.ts';

/** For whom requests wait now, whatever the period. */
export async function Bottlenecks({ bottlenecks }: { bottlenecks: Bottleneck[] }) {
  const t = await getTranslations('ApprovalAnalytics');
  const roles = await getTranslations('Roles');
  const format = await getFormatter();
  return (
    <section aria-labelledby="stuck-now">
      <h2 id="stuck-now" className="text-16 font-semibold">
        {t('stuck')}
      </h2>
      <p className="mt-1 mb-3 max-w-prose text-13 text-explain">
        {t(bottlenecks.length === 0 ? 'stuckNone' : 'stuckText')}
      </p>
      {bottlenecks.length === 0 ? null : (
        <StackTable
          label={t('stuck')}
          head={[t('who'), t('open'), t('longest'), t('medianSoFar')]}
          rows={bottlenecks.map(({ role, email, open, longestSeconds, medianSeconds }) => ({
            key: role ?? email ?? '',
            cells: [
              <bdi key="who" className="font-medium">
                {role === null ? email : roles(role)}
              </bdi>,
              format.number(open),
              secondsText(format, longestSeconds),
              secondsText(format, medianSeconds),
            ],
          }))}
        />
      )}
    </section>
  );
}
