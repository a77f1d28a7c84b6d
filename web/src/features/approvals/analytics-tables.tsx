import { getFormatter, getTranslations } from 'next-intl/server';
import { StackTable } from '../../components/stack-table.tsx';
import { Tabs } from '../../components/tabs.tsx';
import type { FiguresGroup } from './analytics-loader.ts';
import { secondsText } from './seconds-text.ts';

const GROUPINGS = ['WORKFLOW', 'APPROVER', 'CLASS'] as const;

/** The same figures by workflow, by who decided, and by class. */
export async function AnalyticsTables({ groups }: { groups: FiguresGroup[] }) {
  const t = await getTranslations('ApprovalAnalytics');
  return (
    <section aria-labelledby="divided">
      <h2 id="divided" className="mb-3 text-16 font-semibold">
        {t('divided')}
      </h2>
      <Tabs
        label={t('divided')}
        tabs={GROUPINGS.map((by) => ({
          id: by,
          title: t(`by.${by}`),
          content: <FiguresTable title={t(`by.${by}`)} groups={groups.filter((group) => group.by === by)} />,
        }))}
      />
    </section>
  );
}

async function FiguresTable({ title, groups }: { title: string; groups: FiguresGroup[] }) {
  const t = await getTranslations('ApprovalAnalytics');
  const classes = await getTranslations('ApprovalClasses');
  const format = await getFormatter();
  if (groups.length === 0) return <p className="py-3 text-13 text-explain">{t('noneDecided')}</p>;
  const number = (value: number | null) => (value === null ? '–' : format.number(value));
  return (
    <StackTable
      label={title}
      head={[title, t('asked'), t('approved'), t('denied'), t('expired'), t('median'), t('p95')]}
      rows={groups.map(({ by, key, label, figures }) => ({
        key,
        cells: [
          <bdi key="label" className="font-medium">
            {by === 'CLASS' ? classes(`${classOf(key)}.name`) : label}
          </bdi>,
          number(figures.requested),
          number(figures.approved),
          number(figures.denied),
          number(figures.expired),
          secondsText(format, figures.medianSeconds),
          secondsText(format, figures.p95Seconds),
        ],
      }))}
    />
  );
}

const classOf = (key: string) => (['A', 'B'] as const).find((one) => one === key) ?? 'C';
