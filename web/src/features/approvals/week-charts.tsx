'use client';

import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { KeyCap } from './key-cap.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { Cell, Row, Table } from '../../components/table.tsx';
import { plainKey } from '../../components/plain-key.ts';
import type { ShownChart } from './week-figures.ts';

/** The drawing comes only where charts are shown, and after the page. */
const LineChart = dynamic(() => import('./line-chart.tsx').then((file) => file.LineChart), {
  ssr: false,
  loading: () => <Skeleton className="h-56 w-full" />,
});

interface WeekChartsProps {
  charts: ShownChart[];
  /** The Mondays, in milliseconds since 1970, and as text. */
  starts: number[];
  weeks: string[];
}

/** The charts by week; the key T turns all of them into tables and back. */
export function WeekCharts({ charts, starts, weeks }: WeekChartsProps) {
  const t = useTranslations('ApprovalAnalytics');
  const [isTable, setTable] = useState(false);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (plainKey(event) === 't') setTable((was) => !was);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
  return (
    <section aria-labelledby="by-week">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
        <div>
          <h2 id="by-week" className="text-16 font-semibold">
            {t('byWeek')}
          </h2>
          <p className="text-12 text-aside">{t('weeks')}</p>
        </div>
        <Button aria-pressed={isTable} aria-keyshortcuts="t" onClick={() => setTable(!isTable)}>
          {t(isTable ? 'asCharts' : 'asTables')} <KeyCap name="T" />
        </Button>
      </div>
      <div className="grid gap-5 xl:grid-cols-2">
        {charts.map((chart) => (
          <figure key={chart.id} className="min-w-0 rounded-2 border border-line-soft bg-ink-1 p-4">
            <figcaption className="mb-3">
              <span className="block font-medium">{chart.title}</span>
              <span className="block text-13 text-explain">{chart.text}</span>
            </figcaption>
            {isTable ? (
              <WeekTable chart={chart} weeks={weeks} />
            ) : (
              <LineChart chart={chart} starts={starts} label={t('chartLabel', { title: chart.title })} />
            )}
          </figure>
        ))}
      </div>
    </section>
  );
}

function WeekTable({ chart, weeks }: { chart: ShownChart; weeks: string[] }) {
  const t = useTranslations('ApprovalAnalytics');
  return (
    <div className="max-h-72 overflow-y-auto">
      <Table label={chart.title} head={[t('week'), chart.names.measure, chart.names.comparison]}>
        {weeks.map((week, i) => (
          <Row key={week}>
            <Cell>{week}</Cell>
            <Cell>{chart.cells[i]?.measure}</Cell>
            <Cell>{chart.cells[i]?.comparison}</Cell>
          </Row>
        ))}
      </Table>
    </div>
  );
}
