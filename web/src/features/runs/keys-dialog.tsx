'use client';

import { Keyboard } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Direction } from 'radix-ui';
import { useEffect, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { plainKey } from './plain-key.ts';

const FORWARD = '→';
const BACK = '←';

/** The keys of a page, and what each does, by the name of its text. */
const KEYS = {
  run: [
    { does: 'move', keys: ['J', 'K', '↓', '↑'] },
    { does: 'open', keys: ['Enter'] },
    { does: 'unfold', keys: [FORWARD] },
    { does: 'fold', keys: [BACK] },
    { does: 'close', keys: ['Esc'] },
    { does: 'help', keys: ['?'] },
  ],
  list: [
    { does: 'moveRuns', keys: ['J', 'K'] },
    { does: 'openRun', keys: ['Enter'] },
    { does: 'choose', keys: ['X'] },
    { does: 'chooseRange', keys: ['Shift X'] },
    { does: 'chooseNone', keys: ['Esc'] },
    { does: 'help', keys: ['?'] },
  ],
} as const;

const MIRRORED: Record<string, string> = { [FORWARD]: BACK, [BACK]: FORWARD };

/** Shows which keys a page knows: by a button, and by `?`. */
export function KeysDialog({ of }: { of: keyof typeof KEYS }) {
  const t = useTranslations('RunKeys');
  const isRightToLeft = Direction.useDirection() === 'rtl';
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (plainKey(event) !== '?') return;
      event.preventDefault();
      setOpen(true);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
  return (
    <>
      <Button
        tone="quiet"
        aria-label={t('title')}
        aria-keyshortcuts="?"
        className="px-2 max-md:hidden"
        onClick={() => setOpen(true)}
      >
        <Keyboard size={17} aria-hidden="true" />
      </Button>
      <Dialog isOpen={isOpen} onOpenChange={setOpen} title={t('title')} closeLabel={t('closeDialog')}>
        <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-5 gap-y-2.5 text-13">
          {KEYS[of].map(({ does, keys }) => (
            <div key={does} className="contents">
              <dt dir="ltr" className="flex gap-1">
                {keys.map((key) => (
                  <kbd
                    key={key}
                    className="min-w-6 rounded-1 border border-line bg-ink-2 px-1.5 text-center font-sans text-12"
                  >
                    {isRightToLeft ? (MIRRORED[key] ?? key) : key}
                  </kbd>
                ))}
              </dt>
              <dd>{t(does)}</dd>
            </div>
          ))}
        </dl>
      </Dialog>
    </>
  );
}
