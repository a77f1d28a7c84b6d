import { getTranslations } from 'next-intl/server';
import { buttonLook } from '../../components/button.tsx';
import { ApiProof } from './api-proof.tsx';
import { GateProof } from './gate-proof.tsx';
import { LandingPicture } from './landing-picture.tsx';
import { isSignedIn, PublicFrame, SIDES } from './public-frame.tsx';
import { PublicLink } from './public-link.tsx';
import { RecordProof } from './record-proof.tsx';
import { RepairProof } from './repair-proof.tsx';

const WORKS = ['durable', 'waiting', 'starts', 'repair'] as const;
const LARGE = 'min-h-11 rounded-2 px-5 text-16';

/** The start page: what it is over a living picture of it, then proof. */
export async function LandingPage() {
  const t = await getTranslations('PublicLanding');
  return (
    <PublicFrame path="">
      <Hero />
      <section aria-labelledby="proofs" className={`${SIDES} pt-20`}>
        <h2 id="proofs" className="mb-8 text-28 font-semibold tracking-tight">
          {t('proofs')}
        </h2>
        <div className="grid gap-px overflow-hidden border-y border-line-soft bg-line-soft lg:grid-cols-3">
          <GateProof />
          <RepairProof />
          <RecordProof />
        </div>
      </section>
      <section
        aria-labelledby="works"
        className={`${SIDES} grid gap-x-16 gap-y-8 pt-24 lg:grid-cols-[1fr_2fr]`}
      >
        <h2 id="works" className="text-28 font-semibold tracking-tight">
          {t('works.title')}
        </h2>
        <dl className="grid gap-x-12 gap-y-8 sm:grid-cols-2">
          {WORKS.map((one) => (
            <div key={one}>
              <dt className="font-semibold">{t(`works.${one}.title`)}</dt>
              <dd className="mt-1.5 text-explain">{t(`works.${one}.text`)}</dd>
            </div>
          ))}
        </dl>
      </section>
      <ApiProof />
    </PublicFrame>
  );
}

async function Hero() {
  const t = await getTranslations('PublicLanding');
  const isIn = await isSignedIn();
  return (
    <section className="relative overflow-hidden lg:-mt-18 lg:min-h-[44rem] lg:pt-18">
      <div className={`${SIDES} relative z-10 pt-14 pb-10 md:pt-24 lg:pb-40`}>
        <div className="lg:max-w-[30rem] xl:max-w-[36rem]">
          <h1 className="text-40 font-semibold tracking-tight text-balance md:text-56">{t('headline')}</h1>
          <p className="mt-6 max-w-prose text-16 text-explain md:text-21 md:leading-normal">{t('lead')}</p>
          <div className="mt-8 flex flex-wrap gap-3">
            <PublicLink href={isIn ? '/runs' : '/docs'} className={buttonLook('main', LARGE)}>
              {t(isIn ? 'open' : 'start')}
            </PublicLink>
            <PublicLink href="/product" className={buttonLook('plain', LARGE)}>
              {t('look')}
            </PublicLink>
          </div>
        </div>
      </div>
      <LandingPicture />
    </section>
  );
}
