import { useTranslations } from 'next-intl';

/** What is different in a definition at one place, as the API tells it. */
interface DefinitionChange {
  kind: 'added' | 'changed' | 'moved' | 'removed';
  path: string;
  stepId: string | null;
  before: string | null;
  after: string | null;
}

/** The most changes that are listed; more are counted. */
const SHOWN = 6;

/** What is different between two definitions, a line for each place, with what was there and what is there now. */
export function DefinitionChanges({ changes }: { changes: readonly DefinitionChange[] }) {
  const t = useTranslations('DefinitionChanges');
  return (
    <>
      <ul className="mt-2 flex flex-col gap-2 text-13">
        {changes.slice(0, SHOWN).map(({ kind, path, stepId, before, after }) => (
          <li key={`${kind} ${path}`} className="rounded-1 border border-line-soft px-3 py-2">
            <span className="font-medium">{t(`kinds.${kind}`)}:</span> <bdi>{stepId ?? t('whole')}</bdi>{' '}
            <code className="font-mono text-12 break-all text-aside">{path}</code>
            <Value name={t('before')} text={before} />
            <Value name={t('after')} text={after} />
          </li>
        ))}
      </ul>
      {changes.length > SHOWN ? (
        <p className="mt-2 text-13 text-aside">{t('more', { count: changes.length - SHOWN })}</p>
      ) : null}
    </>
  );
}

function Value({ name, text }: { name: string; text: string | null }) {
  if (text === null) return null;
  return (
    <span className="block text-aside">
      {name}{' '}
      <code dir="ltr" className="font-mono text-12 break-all text-explain">
        {text}
      </code>
    </span>
  );
}
