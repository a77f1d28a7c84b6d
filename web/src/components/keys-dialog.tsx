'use client';

import { Keyboard } from 'lucide-react';
import { Direction } from 'radix-ui';
import { useEffect, useState } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { plainKey } from './plain-key.ts';

export const FORWARD = '→';
export const BACK = '←';
const MIRRORED: Record<string, string> = { [FORWARD]: BACK, [BACK]: FORWARD };

interface KeysDialogProps {
  title: string;
  text?: string;
  closeLabel: string;
  /** What a page does on keys. Arrows are named as in a language that is read from the left. */
  rows: readonly { does: string; keys: readonly string[] }[];
}

/** Shows which keys a page knows: by a button, and by `?`. */
export function KeysDialog({ title, text, closeLabel, rows }: KeysDialogProps) {
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
        aria-label={title}
        aria-keyshortcuts="?"
        className="px-2 max-md:hidden"
        onClick={() => setOpen(true)}
      >
        <Keyboard size={17} aria-hidden="true" />
      </Button>
      <Dialog isOpen={isOpen} onOpenChange={setOpen} title={title} description={text} closeLabel={closeLabel}>
        <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-5 gap-y-2.5 text-13">
          {rows.map(({ does, keys }) => (
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
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
      </Dialog>
    </>
  );
}
