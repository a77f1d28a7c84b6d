import { getTranslations } from 'next-intl/server';
import { StackTable } from '../../components/stack-table.tsx';
import type { Json } from '../../graphql/graphql.ts';
import { SIDES } from './compare-address.ts';
import type { ComparedStep } from './compare-loaders.ts';
import { jsonDifferences } from './json-differences.ts';
import { loadStep } from './loaders.ts';
import { StepValues } from './step-values.tsx';

/** How many places of a value are named, and how much of each is shown. */
const MAX_PLACES = 40;
const MAX_CHARACTERS = 160;
const PARTS = ['input', 'output', 'error'] as const;

interface ValuesProps {
  ids: { left: string; right: string };
  step: ComparedStep;
}

/** What a step was given and gave in both runs: the places that are different, then all of it. */
export async function CompareValues({ ids, step }: ValuesProps) {
  const t = await getTranslations('RunCompare');
  return (
    <section aria-labelledby="compared-values">
      <h2 id="compared-values" className="mb-2 font-semibold">
        {t('values')} <code className="font-mono text-12 break-all">{step.path}</code>
      </h2>
      {SIDES.every((side) => step[side] !== null) ? <Places ids={ids} path={step.path} /> : null}
      <div className="grid items-start gap-5 lg:grid-cols-2">
        {SIDES.map((side) => (
          <div key={side} className="min-w-0">
            <h3 className="mb-2 text-13 text-aside">{t(`sides.${side}`)}</h3>
            {step[side] === null ? (
              <p className="rounded-2 hatched p-6 text-center text-explain">{t('missing')}</p>
            ) : (
              <StepValues runId={ids[side]} path={step.path} />
            )}
          </div>
        ))}
      </div>
    </section>
  );
}

async function Places({ ids, path }: { ids: ValuesProps['ids']; path: string }) {
  const t = await getTranslations('RunCompare');
  const [left, right] = await Promise.all([loadStep(ids.left, path), loadStep(ids.right, path)]);
  const [one, other] = [left.data, right.data];
  // What could not be read is told by the values below.
  if (one === null || other === null) return null;
  const found = PARTS.flatMap((part) =>
    jsonDifferences(one[part], other[part], MAX_PLACES).map((place) => ({ part, ...place })),
  );
  if (found.length === 0) return <p className="mb-4 text-13 text-explain">{t('valuesEqual')}</p>;
  return (
    <div className="mb-5">
      <StackTable
        label={t('places')}
        head={[t('place'), t('sides.left'), t('sides.right')]}
        rows={found.map(({ part, pointer, left: before, right: after }) => ({
          key: `${part} ${pointer}`,
          cells: [
            <span key="place">
              {t(`parts.${part}`)} <code className="font-mono text-12 break-all">{pointer}</code>
            </span>,
            <Value key="one" value={before} />,
            <Value key="other" value={after} />,
          ],
        }))}
      />
    </div>
  );
}

function Value({ value }: { value: Json | undefined }) {
  if (value === undefined) return <span className="text-aside">–</span>;
  const text = JSON.stringify(value);
  return (
    <code dir="ltr" className="font-mono text-12 break-all">
      {text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}…` : text}
    </code>
  );
}
