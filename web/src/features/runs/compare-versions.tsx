import { getTranslations } from 'next-intl/server';
import { StackTable } from '../../components/stack-table.tsx';
import type { Comparison } from './compare-loaders.ts';

interface VersionsProps {
  differences: Comparison['differences'];
  /** The versions of the two runs. */
  left: number;
  right: number;
}

/** What is different in the version that the right run ran. */
export async function CompareVersions({ differences, left, right }: VersionsProps) {
  const t = await getTranslations('RunCompare');
  const changes = await getTranslations('DefinitionChanges');
  return (
    <section aria-labelledby="compared-versions">
      <h2 id="compared-versions" className="mb-2 font-semibold">
        {left === right ? t('versionSame') : t('versionChanges', { left, right })}
      </h2>
      {differences.length === 0 ? (
        <p className="text-13 text-explain">{t('versionNothing')}</p>
      ) : (
        <StackTable
          label={t('versionList')}
          head={[t('change'), t('place'), t('sides.left'), t('sides.right')]}
          rows={differences.map((one) => ({
            key: `${one.kind} ${one.path}`,
            cells: [
              <span key="change">{changes(`kinds.${one.kind}`)}</span>,
              <span key="place">
                <bdi>{one.stepId ?? changes('whole')}</bdi>
                <code className="block font-mono text-12 break-all text-aside">{one.path}</code>
              </span>,
              <Shortened key="before" text={one.before} />,
              <Shortened key="after" text={one.after} />,
            ],
          }))}
        />
      )}
    </section>
  );
}

function Shortened({ text }: { text: string | null }) {
  if (text === null) return <span className="text-aside">–</span>;
  return (
    <code dir="ltr" className="font-mono text-12 break-all">
      {text}
    </code>
  );
}
