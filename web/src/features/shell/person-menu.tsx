'use client';

import { Building2, Check, ChevronsUpDown, LogOut, Settings } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { Menu, MenuItem, MenuLabel, MenuLine, MenuLink } from '../../components/menu.tsx';
import { Link } from '../../i18n/navigation.ts';
import { forgetDrafts } from '../../lib/drafts.ts';
import { signOut } from '../sign-in/actions.ts';
import { openOrganisation } from './actions.ts';

interface PersonMenuProps {
  person: { name: string; email: string };
  organisation: { id: string; name: string };
  organisations: { id: string; name: string }[];
}

/** Who is signed in and where, with the ways to another organisation, to the settings and out. */
export function PersonMenu({ person, organisation, organisations }: PersonMenuProps) {
  const t = useTranslations('Shell');
  const [isBusy, start] = useTransition();
  const leave = (): void => {
    forgetDrafts();
    start(() => signOut());
  };
  return (
    <Menu
      trigger={
        <button
          type="button"
          disabled={isBusy}
          className="flex w-full min-w-0 cursor-pointer items-center gap-2.5 rounded-1 px-2 py-1.5 text-start hover:bg-ink-2"
        >
          <Initial name={person.name} />
          <span className="min-w-0 flex-1 max-md:sr-only">
            <span className="sr-only">{t('account')}</span>
            <bdi className="block truncate text-13 font-medium">{person.name}</bdi>
            <span className="block truncate text-12 text-aside">{organisation.name}</span>
          </span>
          <ChevronsUpDown size={15} aria-hidden="true" className="text-aside max-md:hidden" />
        </button>
      }
    >
      <MenuLabel>
        <bdi>{person.name}</bdi> · {person.email}
      </MenuLabel>
      {organisations.length > 1 ? (
        <>
          <MenuLine />
          <MenuLabel>{t('organisations')}</MenuLabel>
          {organisations.map(({ id, name }) => (
            <MenuItem key={id} onSelect={() => start(() => openOrganisation(id))}>
              {id === organisation.id ? (
                <Check size={16} aria-hidden="true" />
              ) : (
                <Building2 size={16} aria-hidden="true" />
              )}
              <bdi>{name}</bdi>
            </MenuItem>
          ))}
        </>
      ) : null}
      <MenuLine />
      <MenuLink>
        <Link href="/settings">
          <Settings size={16} aria-hidden="true" /> {t('settings')}
        </Link>
      </MenuLink>
      <MenuItem onSelect={leave}>
        <LogOut size={16} aria-hidden="true" className="rtl:-scale-x-100" /> {t('signOut')}
      </MenuItem>
    </Menu>
  );
}

function Initial({ name }: { name: string }) {
  const [first = '·'] = Array.from(name);
  return (
    <span
      aria-hidden="true"
      className="grid size-7 shrink-0 place-items-center rounded-full border border-line bg-ink-3 text-12 font-semibold uppercase"
    >
      {first}
    </span>
  );
}
