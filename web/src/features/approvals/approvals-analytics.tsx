import { getFormatter, getNow, getTimeZone, getTranslations } from 'next-intl/server';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import type { SearchParams } from '../../lib/search-params.ts';
import { loadAnalytics, type Analytics } from './analytics-loader.ts';
import { spanOf, wantedPeriod, weeksIn, type Span } from './analytics-period.ts';
import { AnalyticsTables } from './analytics-tables.tsx';
import { Bottlenecks } from './bottlenecks.tsx';
import { PeriodChoice } from './period-choice.tsx';
import { secondsText } from './seconds-text.ts';
import { WeekCharts } from './week-charts.tsx';
import { chartsOf, type ShownChart } from './week-figures.ts';

/** How approvals went: how many there were, how long people waited for them, and where they are stuck now. */
export async function ApprovalsAnalytics({ params }: { params: SearchParams }) {
  const t = await getTranslations('ApprovalAnalytics');
  const wanted = wantedPeriod(params);
  const [zone, now] = [await getTimeZone(), (await getNow()).getTime()];
  const span = spanOf(wanted, { zone, now });
  const { data, problem } = await loadAnalytics(span);
  return (
    <div className="flex flex-col gap-8">
      <PeriodChoice wanted={wanted} />
      {problem !== null ? (
        <ErrorState problem={problem} />
      ) : (
        <>
          {data.now.all.requested === 0 ? (
            <EmptyState title={t('none')} text={t('noneText')} />
          ) : (
            <>
              <Totals data={data} />
              <Charts data={data} span={span} />
              <AnalyticsTables groups={data.now.groups} />
            </>
          )}
          <Bottlenecks bottlenecks={data.now.bottlenecks} />
        </>
      )}
    </div>
  );
}

/** The figures of the whole period, each with what it means. */
async function Totals({ data: { now, before } }: { data: Analytics }) {
  const t = await getTranslations('ApprovalAnalytics');
  const format = await getFormatter();
  const { all } = now;
  const asked = all.requested ?? 0;
  const share = (count: number) => t('share', { share: format.number(count / asked, { style: 'percent' }) });
  const totals = [
    ['asked', format.number(asked), t('askedBefore', { count: before.all.requested ?? 0 })],
    ['approved', format.number(all.approved), share(all.approved)],
    ['denied', format.number(all.denied), share(all.denied)],
    ['expired', format.number(all.expired ?? 0), share(all.expired ?? 0)],
    ['median', secondsText(format, all.medianSeconds), t('medianText')],
    ['p95', secondsText(format, all.p95Seconds), t('p95Text')],
    ['escalated', format.number(all.escalated ?? 0), t('reminders', { count: all.reminders ?? 0 })],
    ['ownRefused', format.number(all.selfApprovalsRefused), t('ownRefusedText')],
  ] as const;
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-4 md:grid-cols-4">
      {totals.map(([name, value, text]) => (
        <div key={name} className="flex flex-col border-s-2 border-line ps-3">
          <dt className="text-13 text-explain">{t(name)}</dt>
          <dd className="text-21 font-semibold tabular-nums">{value}</dd>
          <dd className="text-12 text-aside">{text}</dd>
        </div>
      ))}
    </dl>
  );
}

async function Charts({ data: { now, before }, span }: { data: Analytics; span: Span }) {
  const t = await getTranslations('ApprovalAnalytics');
  const format = await getFormatter();
  const weeks = weeksIn(span);
  const names = weeks.map(({ start }) =>
    format.dateTime(start, { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' }),
  );
  const charts = chartsOf({
    ...{ weeks, groups: now.groups.filter(({ by }) => by === 'WEEK') },
    ...{ weeksBefore: weeksIn({ from: span.before, to: span.from }), groupsBefore: before.groups },
  }).map((chart): ShownChart => {
    const words = {
      measure: t(`charts.${chart.id}.measure`),
      comparison: t(`charts.${chart.id}.comparison`),
    };
    const text = (value: number | null | undefined) =>
      value == null ? '–' : chart.unit === 'count' ? format.number(value) : secondsText(format, value);
    const cells = weeks.map((_week, i) => ({
      measure: text(chart.measure[i]),
      comparison: text(chart.comparison[i]),
    }));
    return {
      ...chart,
      ...{ title: t(`charts.${chart.id}.title`), text: t(`charts.${chart.id}.text`), names: words, cells },
      readings: cells.map((cell, i) =>
        t('reading', {
          ...{ week: names[i] ?? '', measure: words.measure, value: cell.measure },
          ...{ comparison: words.comparison, compared: cell.comparison },
        }),
      ),
    };
  });
  return <WeekCharts charts={charts} starts={weeks.map(({ start }) => start)} weeks={names} />;
}
