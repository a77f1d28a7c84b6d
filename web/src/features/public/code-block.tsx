import { getTranslations } from 'next-intl/server';
import { CopyButton } from '../../components/copy-button.tsx';

/** Lines to copy. */
export async function CodeBlock({ code, label }: { code: string; label: string }) {
  const t = await getTranslations('Public');
  return (
    <div className="min-w-0 rounded-2 border border-line bg-ink-1">
      <div className="flex items-center justify-between gap-3 border-b border-line-soft py-2 ps-4 pe-2 text-13 text-aside">
        {label}
        <CopyButton text={code} label={t('copy')} done={t('copied')} />
      </div>
      <pre
        dir="ltr"
        tabIndex={0}
        role="region"
        aria-label={label}
        className="overflow-x-auto p-4 text-start font-mono text-13 leading-relaxed"
      >
        <code>{code}</code>
      </pre>
    </div>
  );
}
