import { createElement, type ComponentProps } from 'react';
import { createNavigation } from 'next-intl/navigation';
import { routing } from './routing.ts';

const { Link: PlainLink, redirect, usePathname, useRouter } = createNavigation(routing);

export { redirect, usePathname, useRouter };

/**
 * A link that keeps the language; use this one, never that of Next itself. What it leads to is read when it is followed:
 * reading each page ahead would ask the API many times over for a page that is live.
 */
export function Link(props: ComponentProps<typeof PlainLink>) {
  return createElement(PlainLink, { prefetch: false, ...props });
}
