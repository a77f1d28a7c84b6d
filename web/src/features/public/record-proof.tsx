import { getFormatter, getTranslations } from 'next-intl/server';
import { StateBadge } from '../../components/state-badge.tsx';
import { RECORDING } from '../canvas/recording.ts';
import { ProofFacts, ProofFrame } from './proof-frame.tsx';
import { RECORDED_PROOF } from './recorded-proof.ts';

/** What the check of the audit log found after the recording, and that nothing was done twice. */
export async function RecordProof() {
  const t = await getTranslations('PublicLanding.record');
  const format = await getFormatter();
  const { audit, letters } = RECORDED_PROOF;
  const badge = (isGood: boolean, word: string) => (
    <StateBadge tone={isGood ? 'ok' : 'fail'} word={word} isBare />
  );
  return (
    <ProofFrame title={t('title')} text={t('text')}>
      <ProofFacts
        facts={[
          [t('checked'), format.number(audit.checked)],
          [t('chain'), badge(audit.valid, t(audit.valid ? 'whole' : 'broken'))],
          [t('letters'), format.number(letters.sent)],
          [t('twice'), badge(letters.sent === letters.ids, format.number(letters.sent - letters.ids))],
        ]}
      />
      <p className="mt-4 text-13 text-aside">
        {t('source', {
          date: format.dateTime(new Date(RECORDING.recordedAt), { dateStyle: 'long', timeZone: 'UTC' }),
        })}
      </p>
    </ProofFrame>
  );
}
