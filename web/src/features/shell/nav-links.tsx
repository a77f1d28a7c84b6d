'use client';

import { useTranslations } from 'next-intl';
import { classNames } from '../../components/class-names.ts';
import { Link, usePathname } from '../../i18n/navigation.ts';
import { placesFor, type Place } from './places.ts';

interface NavProps {
  permissions: readonly string[];
  /** How many approvals wait for the person; with a plus when there are more. */
  waiting: string | null;
}

/** The navigation at the side. */
export function SideNav({ permissions, waiting }: NavProps) {
  const t = useTranslations('Shell');
  return (
    <nav aria-label={t('navigation')} className="flex flex-1 flex-col gap-4 overflow-y-auto px-2.5">
      {placesFor(permissions).map(({ group, places }) => (
        <div key={group}>
          {group === 'work' ? null : (
            <h2 className="px-2.5 pb-1 text-12 font-medium text-aside">{t(`groups.${group}`)}</h2>
          )}
          <ul className="flex flex-col gap-0.5">
            {places.map((place) => (
              <li key={place.id}>
                <PlaceLink place={place} waiting={waiting} look={SIDE} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

/** The places that fit into the bar at the bottom of a narrow screen. */
export function BottomLinks({ permissions, waiting }: NavProps) {
  const places = placesFor(permissions)
    .flatMap((group) => group.places)
    .slice(0, 3);
  return places.map((place) => <PlaceLink key={place.id} place={place} waiting={waiting} look={BOTTOM} />);
}

/** How a link to a place looks: in its row, where one is, elsewhere; its icon in px; how many wait. */
interface Look {
  link: string;
  here: string;
  away: string;
  icon: number;
  count: string;
}

const SIDE: Look = {
  link: 'flex min-h-8 items-center gap-2.5 rounded-1 px-2.5 py-1 text-14',
  here: 'bg-ink-2 text-say [&>svg]:text-thread',
  away: 'text-explain hover:bg-ink-1 hover:text-say',
  icon: 16,
  count: 'ms-auto tabular-nums',
};
const BOTTOM: Look = {
  link: 'relative flex min-h-13 flex-1 flex-col items-center justify-center gap-0.5 text-12',
  here: 'text-thread',
  away: 'text-explain',
  icon: 19,
  count: 'absolute start-1/2 top-1 ms-2 leading-4',
};

interface PlaceLinkProps {
  place: Place;
  waiting: string | null;
  look: Look;
}

function PlaceLink({ place: { id, href, icon: Icon }, waiting, look }: PlaceLinkProps) {
  const t = useTranslations('Shell');
  const path = usePathname();
  const isHere = path === href || path.startsWith(`${href}/`);
  return (
    <Link
      href={href}
      aria-current={isHere ? 'page' : undefined}
      className={classNames(look.link, isHere ? look.here : look.away)}
    >
      <Icon size={look.icon} aria-hidden="true" />
      {t(`places.${id}`)}
      {id === 'approvals' && waiting !== null ? (
        <span
          className={classNames('rounded-full bg-wait px-1.5 text-12 font-semibold text-ink-0', look.count)}
        >
          <span aria-hidden="true">{waiting}</span>
          <span className="sr-only">{t('waiting', { count: waiting })}</span>
        </span>
      ) : null}
    </Link>
  );
}
