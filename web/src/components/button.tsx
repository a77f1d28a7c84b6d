import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';

/** What a button is for: the one main thing of a screen, anything else, a quiet one, or what cannot be undone. */
export type ButtonTone = 'main' | 'plain' | 'quiet' | 'danger';

const TONES: Record<ButtonTone, string> = {
  main: 'border-transparent bg-thread text-thread-ink font-medium hover:brightness-110',
  plain: 'border-line bg-ink-2 text-say hover:bg-ink-3',
  quiet: 'border-transparent bg-transparent text-explain hover:bg-ink-2 hover:text-say',
  danger: 'border-transparent bg-fail text-fail-ink font-medium hover:brightness-110',
};

/** The look of a button, for links that look like one. */
export function buttonLook(tone: ButtonTone = 'plain', className?: string): string {
  return classNames(
    'inline-flex min-h-8 items-center justify-center gap-2 rounded-1 border px-3 py-1 text-13 transition',
    'cursor-pointer select-none disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-progress aria-disabled:opacity-55',
    TONES[tone],
    className,
  );
}

/** A button. Its words say what happens. While `isBusy` it cannot be pressed again, and keeps the keyboard. */
export function Button({
  tone,
  isBusy = false,
  className,
  type = 'button',
  onClick,
  ...rest
}: ComponentProps<'button'> & { tone?: ButtonTone; isBusy?: boolean }) {
  return (
    <button
      type={type}
      className={buttonLook(tone, className)}
      aria-busy={isBusy || undefined}
      // Not `disabled`: that would take the keyboard away from whoever pressed it.
      aria-disabled={isBusy || undefined}
      onClick={isBusy ? (event) => event.preventDefault() : onClick}
      {...rest}
    />
  );
}
