import { getTranslations } from 'next-intl/server';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { Note } from '../../components/note.tsx';
import { buttonLook } from '../../components/button.tsx';
import { Link } from '../../i18n/navigation.ts';
import { oneIn, textIn, type SearchParams } from '../../lib/search-params.ts';
import { SIDES, type Compared } from './compare-address.ts';
import { CompareChoice } from './compare-choice.tsx';
import { CompareHeads } from './compare-heads.tsx';
import { loadComparison } from './compare-loaders.ts';
import { CompareSteps } from './compare-steps.tsx';
import { CompareValues } from './compare-values.tsx';
import { CompareVerdict } from './compare-verdict.tsx';
import { CompareVersions } from './compare-versions.tsx';

/** The API compares the first steps of each run only. */
const COMPARED_STEPS = 1_000;

/** Two runs of one workflow side by side: where they first went different ways, and what else is different. */
export async function ComparePage({ params }: { params: SearchParams }) {
  const wanted = {
    ...{ left: textIn(params, SIDES[0]), right: textIn(params, SIDES[1]) },
    ...{ step: textIn(params, 'step'), all: oneIn(params, 'all', ['yes']) },
  };
  const { left, right } = wanted;
  const given = left ?? right;
  if (given === undefined) return <NothingChosen />;
  if (left === undefined || right === undefined)
    return <CompareChoice given={given} after={textIn(params, 'after')} />;
  return <Compare wanted={{ ...wanted, left, right }} />;
}

async function NothingChosen() {
  const t = await getTranslations('RunCompare');
  return (
    <EmptyState title={t('none')} text={t('noneText')}>
      <Link href="/runs" className={buttonLook()}>
        {t('toRuns')}
      </Link>
    </EmptyState>
  );
}

async function Compare({ wanted }: { wanted: Compared & { left: string; right: string } }) {
  const t = await getTranslations('RunCompare');
  const { data, problem } = await loadComparison(wanted.left, wanted.right);
  if (problem?.reason === 'workflows_differ')
    return (
      <EmptyState title={t('differ')} text={t('differText')}>
        <Link href="/runs" className={buttonLook()}>
          {t('toRuns')}
        </Link>
      </EmptyState>
    );
  if (problem !== null) return <ErrorState problem={problem} />;
  const { left, right, compareRuns: comparison } = data;
  if (left === null || right === null) return null;
  const step = wanted.step ?? comparison.firstDivergence?.path;
  const shown = comparison.steps.find(({ path }) => path === step);
  return (
    <>
      <CompareHeads left={left} right={right} />
      <CompareVerdict comparison={comparison} wanted={wanted} />
      {comparison.truncated ? (
        <Note>
          <p>{t('truncated', { count: COMPARED_STEPS })}</p>
        </Note>
      ) : null}
      <div className="flex flex-col gap-8">
        {shown === undefined ? null : <CompareValues key={shown.path} ids={wanted} step={shown} />}
        <CompareSteps steps={comparison.steps} wanted={{ ...wanted, step: shown?.path }} />
        <CompareVersions differences={comparison.differences} left={left.version} right={right.version} />
      </div>
    </>
  );
}
