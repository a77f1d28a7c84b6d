'use client';

import { Command } from 'cmdk';
import { Dialog } from 'radix-ui';
import { useTranslations } from 'next-intl';
import { useRouter } from '../../i18n/navigation.ts';
import { placesFor } from './places.ts';

interface PaletteProps {
  permissions: readonly string[];
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

const ITEM =
  'flex min-h-9 cursor-pointer items-center gap-2.5 rounded-1 px-2.5 text-14 data-[selected=true]:bg-ink-3';
const RUN_ID = /^run_[0-9a-f]{32}$/;

/** Places to go by their names, and runs by their id. */
export function CommandPalette({ permissions, isOpen, onOpenChange }: PaletteProps) {
  const t = useTranslations('Shell');
  const router = useRouter();
  const go = (href: string): void => {
    onOpenChange(false);
    router.push(href);
  };
  return (
    <Dialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-[oklch(0.1_0.01_258/0.6)]" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-x-3 top-[12vh] z-50 mx-auto max-w-lg animate-appear overflow-hidden rounded-3 border border-line bg-ink-1 shadow-lift"
        >
          <Dialog.Title className="sr-only">{t('search')}</Dialog.Title>
          <Command label={t('search')} loop>
            <Command.Input
              placeholder={t('searchHint')}
              onKeyDown={(event) => {
                const text = event.currentTarget.value.trim();
                if (event.key === 'Enter' && RUN_ID.test(text)) go(`/runs/${text}`);
              }}
              className="w-full border-b border-line-soft bg-transparent px-4 py-3 text-16 outline-none placeholder:text-aside"
            />
            <Command.List className="max-h-80 overflow-y-auto p-2">
              <Command.Empty className="px-2.5 py-6 text-center text-aside">{t('searchEmpty')}</Command.Empty>
              {placesFor(permissions).flatMap(({ places }) =>
                places.map(({ id, href, icon: Icon }) => (
                  <Command.Item key={id} className={ITEM} onSelect={() => go(href)}>
                    <Icon size={16} aria-hidden="true" className="text-aside" />
                    {t(`places.${id}`)}
                  </Command.Item>
                )),
              )}
              <Command.Item className={ITEM} onSelect={() => go('/settings')}>
                {t('settings')}
              </Command.Item>
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
