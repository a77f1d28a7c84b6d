import { getFormatter, getTranslations } from 'next-intl/server';
import { RecordedPicture } from '../canvas/recorded-picture.tsx';
import { RECORDING } from '../canvas/recording.ts';
import { stillOf } from '../canvas/scenes.ts';
import { StillPicture } from '../canvas/still-picture.tsx';
import { SIDES } from './public-frame.tsx';

/** On a wide screen the picture fades where the headline stands. */
const FADE = 'lg:[mask-image:linear-gradient(90deg,transparent_40%,black_68%)]';

/** The recorded runs, moving where they may; below them in words. */
export async function LandingPicture() {
  const t = await getTranslations('PublicLanding');
  const format = await getFormatter();
  const { threads, workflows, recordedAt, lasts } = RECORDING;
  const runsOf = (name: string) => threads.filter((thread) => thread.name === name);
  return (
    <figure>
      <div className="relative h-72 lg:absolute lg:inset-x-0 lg:top-0 lg:bottom-12 lg:h-auto">
        <RecordedPicture words={{ pause: t('pause'), play: t('play') }} className={FADE}>
          <StillPicture threads={threads} view={stillOf(RECORDING)} />
        </RecordedPicture>
      </div>
      <figcaption
        className={`${SIDES} relative pt-3 text-13 text-aside lg:absolute lg:inset-x-0 lg:bottom-3 lg:text-end`}
      >
        {t('caption', {
          count: threads.length,
          seconds: Math.round(lasts / 1_000),
          date: format.dateTime(new Date(recordedAt), { dateStyle: 'long', timeZone: 'UTC' }),
        })}
        <ul className="sr-only">
          {workflows.map((name) => (
            <li key={name}>
              {t('pictured', {
                workflow: name,
                count: runsOf(name).length,
                failed: runsOf(name).filter(({ tone }) => tone === 'fail').length,
                gates: runsOf(name).flatMap(({ knots }) => knots.filter(({ kind }) => kind === 'gate'))
                  .length,
              })}
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}
