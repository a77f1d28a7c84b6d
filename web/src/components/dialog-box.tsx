'use client';

import { Dialog as Radix } from 'radix-ui';
import { useRef, type ReactNode } from 'react';
import { X } from 'lucide-react';

export interface DialogProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: string;
  description?: string | undefined;
  /** What the cross says to screen readers. */
  closeLabel: string;
  children: ReactNode;
}

/** What a `Dialog` shows. It keeps the keyboard inside and gives it back at the end. */
export function DialogBox({ isOpen, onOpenChange, title, description, closeLabel, children }: DialogProps) {
  // It is opened by buttons of many kinds, so it keeps for itself which one gets the keyboard back.
  const opener = useRef<Element | null>(null);
  return (
    <Radix.Root open={isOpen} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-[oklch(0.1_0.01_258/0.6)]" />
        <Radix.Content
          onOpenAutoFocus={() => {
            opener.current = document.activeElement;
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (opener.current instanceof HTMLElement) opener.current.focus();
          }}
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
          className="fixed inset-x-3 bottom-3 z-50 mx-auto max-h-[calc(100dvh-1.5rem)] max-w-lg animate-appear overflow-y-auto rounded-3 border border-line bg-ink-1 p-5 shadow-lift sm:top-[8vh] sm:bottom-auto sm:max-h-[calc(92dvh-0.75rem)]"
        >
          <div className="flex items-start justify-between gap-4">
            <Radix.Title className="text-16 font-semibold">{title}</Radix.Title>
            <Radix.Close
              aria-label={closeLabel}
              className="-m-1 rounded-1 p-1 text-aside hover:bg-ink-2 hover:text-say"
            >
              <X size={18} aria-hidden="true" />
            </Radix.Close>
          </div>
          {description === undefined ? null : (
            <Radix.Description className="mt-1 text-explain">{description}</Radix.Description>
          )}
          <div className="mt-4">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
