import { getTranslations } from 'next-intl/server';
import { ProofFrame } from './proof-frame.tsx';
import { RECORDED_PROOF } from './recorded-proof.ts';

/** Where two recorded runs parted, and what running again would do. */
export async function RepairProof() {
  const t = await getTranslations('PublicLanding.repair');
  const { comparison, rerun } = RECORDED_PROOF;
  const { path, left, right } = comparison.divergence;
  return (
    <ProofFrame title={t('title')} text={t('text')}>
      <div className="flex flex-col gap-2">
        <p className="text-aside">{t('same', { count: comparison.same })}</p>
        <p>{t.rich('parted', { step: () => <code className="font-mono text-13">{path}</code> })}</p>
        <Side sign="−" tone="bg-fail/12" word={t('failed')} value={left} />
        <Side sign="+" tone="bg-ok/12" word={t('good')} value={right} />
        <p className="mt-2">
          {t.rich('again', { step: () => <code className="font-mono text-13">{rerun.startsAt}</code> })}{' '}
          {t('kept', { count: rerun.reused })} {t('repeated', { count: rerun.repeats })}
        </p>
      </div>
    </ProofFrame>
  );
}

function Side({ sign, tone, word, value }: { sign: string; tone: string; word: string; value: unknown }) {
  return (
    <p className={`rounded-1 px-2.5 py-1.5 ${tone}`}>
      <span aria-hidden="true" className="font-mono">
        {sign}
      </span>{' '}
      {word}{' '}
      <code dir="ltr" className="font-mono text-13 break-words">
        {typeof value === 'string' ? value : JSON.stringify(value)}
      </code>
    </p>
  );
}
