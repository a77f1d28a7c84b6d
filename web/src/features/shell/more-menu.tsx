'use client';

import { Menu as MenuIcon } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Menu, MenuLabel, MenuLink } from '../../components/menu.tsx';
import { Link } from '../../i18n/navigation.ts';
import { placesFor } from './places.ts';

/** On narrow screens: all places that the bottom bar has no room for. */
export function MoreMenu({ permissions }: { permissions: readonly string[] }) {
  const t = useTranslations('Shell');
  const groups = placesFor(permissions);
  const inBar = groups.flatMap(({ places }) => places).slice(0, 3);
  return (
    <Menu
      trigger={
        <button
          type="button"
          className="flex min-h-13 flex-1 cursor-pointer flex-col items-center justify-center gap-0.5 text-12 text-explain"
        >
          <MenuIcon size={19} aria-hidden="true" />
          {t('more')}
        </button>
      }
    >
      {groups.map(({ group, places }) => (
        <div key={group}>
          {group === 'work' ? null : <MenuLabel>{t(`groups.${group}`)}</MenuLabel>}
          {places
            .filter((place) => !inBar.includes(place))
            .map(({ id, href, icon: Icon }) => (
              <MenuLink key={id}>
                <Link href={href}>
                  <Icon size={16} aria-hidden="true" /> {t(`places.${id}`)}
                </Link>
              </MenuLink>
            ))}
        </div>
      ))}
    </Menu>
  );
}
