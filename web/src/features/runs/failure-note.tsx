import { getTranslations } from 'next-intl/server';
import { Link } from '../../i18n/navigation.ts';
import { BulkRerun } from './bulk-rerun.tsx';
import type { ListedRun } from './loaders.ts';

interface NoteProps {
  fingerprint: string;
  /** The newest run that failed for it, as far as the list shows one. */
  newest: ListedRun | null;
  /** Where the list is without it. */
  without: string;
  canStart: boolean;
}

/** Says that the list shows the runs of one failure, which one, and runs them again together. */
export async function FailureNote({ fingerprint, newest, without, canStart }: NoteProps) {
  const t = await getTranslations('RunFailures');
  return (
    <section
      aria-label={t('one')}
      className="mb-3 flex flex-wrap items-center justify-between gap-x-6 gap-y-2 rounded-2 border border-fail/50 bg-ink-1 p-4"
    >
      <div className="min-w-0">
        <h2 className="font-semibold">{t('one')}</h2>
        {newest?.error == null ? null : (
          <p className="mt-1 text-13 break-words text-explain">
            <code className="font-mono text-12 text-fail">{newest.error.code}</code>{' '}
            <bdi>{newest.error.message}</bdi>
          </p>
        )}
        <Link href={without} className="mt-1 inline-block text-13 text-thread underline underline-offset-4">
          {t('without')}
        </Link>
      </div>
      {canStart && newest !== null ? (
        <BulkRerun target={{ failureFingerprint: fingerprint }} workflowId={newest.workflow.id}>
          {t('rerunAll')}
        </BulkRerun>
      ) : null}
    </section>
  );
}
