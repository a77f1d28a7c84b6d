'use client';

import { Search } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useLoaded } from '../../components/use-loaded.ts';

/** Fetched when it is first opened: most visits never open it. */
const load = () => import('./command-palette.tsx');

/** Opens the list of places and things to do: a button, and Ctrl K or Cmd K. */
export function CommandMenu({ permissions }: { permissions: readonly string[] }) {
  const t = useTranslations('Shell');
  const [isOpen, setOpen] = useState(false);
  const palette = useLoaded(load, { isWanted: isOpen, giveUp: () => setOpen(false) });
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      setOpen(true);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        aria-keyshortcuts="Control+K Meta+K"
        className="flex min-h-8 w-full cursor-pointer items-center gap-2 rounded-1 border border-line px-2.5 text-13 text-aside hover:bg-ink-1 hover:text-say"
      >
        <Search size={15} aria-hidden="true" />
        <span className="max-md:sr-only">{t('search')}</span>
        <kbd aria-hidden="true" className="ms-auto font-sans text-12 max-md:hidden">
          {t('searchKeys')}
        </kbd>
      </button>
      {palette === null ? null : (
        <palette.CommandPalette permissions={permissions} isOpen={isOpen} onOpenChange={setOpen} />
      )}
    </>
  );
}
