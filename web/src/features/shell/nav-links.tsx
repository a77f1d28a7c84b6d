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
                <PlaceLink place={place} waiting={waiting} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function PlaceLink({ place: { id, href, icon: Icon }, waiting }: { place: Place; waiting: string | null }) {
  const t = useTranslations('Shell');
  const isHere = useIsHere(href);
  return (
    <Link
      href={href}
      aria-current={isHere ? 'page' : undefined}
      className={classNames(
        'flex min-h-8 items-center gap-2.5 rounded-1 px-2.5 py-1 text-14',
        isHere ? 'bg-ink-2 text-say' : 'text-explain hover:bg-ink-1 hover:text-say',
      )}
    >
      <Icon size={16} aria-hidden="true" className={isHere ? 'text-thread' : ''} />
      {t(`places.${id}`)}
      {id === 'approvals' && waiting !== null ? (
        <span className="ms-auto rounded-full bg-wait px-1.5 text-12 font-semibold text-ink-0 tabular-nums">
          <span aria-hidden="true">{waiting}</span>
          <span className="sr-only">{t('waiting', { count: waiting })}</span>
        </span>
      ) : null}
    </Link>
  );
}

function useIsHere(href: string): boolean {
  const path = usePathname();
  return path === href || path.startsWith(`${href}/`);
}

/** The places that fit into the bar at the bottom of a narrow screen. */
export function BottomLinks({ permissions, waiting }: NavProps) {
  const places = placesFor(permissions)
    .flatMap((group) => group.places)
    .slice(0, 3);
  return places.map((place) => <BottomLink key={place.id} place={place} waiting={waiting} />);
}

function BottomLink({ place: { id, href, icon: Icon }, waiting }: { place: Place; waiting: string | null }) {
  const t = useTranslations('Shell');
  const isHere = useIsHere(href);
  return (
    <Link
      href={href}
      aria-current={isHere ? 'page' : undefined}
      className={classNames(
        'relative flex min-h-13 flex-1 flex-col items-center justify-center gap-0.5 text-12',
        isHere ? 'text-thread' : 'text-explain',
      )}
    >
      <Icon size={19} aria-hidden="true" />
      {t(`places.${id}`)}
      {id === 'approvals' && waiting !== null ? (
        <span className="absolute start-1/2 top-1 ms-2 rounded-full bg-wait px-1.5 text-12 leading-4 font-semibold text-ink-0">
          {waiting}
        </span>
      ) : null}
    </Link>
  );
}
