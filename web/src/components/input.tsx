import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';

const LOOK =
  'rounded-1 border border-line-field bg-ink-1 px-2.5 py-1.5 text-14 text-say placeholder:text-aside ' +
  'aria-invalid:border-fail disabled:opacity-60';

/** A line of text. */
export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input className={classNames(LOOK, 'min-h-8 w-full', className)} {...rest} />;
}

/** Several lines of text. */
export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea className={classNames(LOOK, 'min-h-20 w-full', className)} {...rest} />;
}

/** A choice of one; the browser's own list, which phones and screen readers know best. */
export function Select({ className, ...rest }: ComponentProps<'select'>) {
  return <select className={classNames(LOOK, 'min-h-8 max-w-full cursor-pointer', className)} {...rest} />;
}

/** A yes or no with its words. */
export function Checkbox({ label, ...rest }: ComponentProps<'input'> & { label: string }) {
  return (
    <label className="inline-flex min-h-6 cursor-pointer items-center gap-2 text-14">
      <input type="checkbox" className="size-4 accent-thread" {...rest} />
      {label}
    </label>
  );
}
