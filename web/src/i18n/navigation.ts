import { createNavigation } from 'next-intl/navigation';
import { routing } from './routing.ts';

/** Links and moves that keep the language. Use these, never those of Next itself. */
export const { Link, redirect, usePathname, useRouter } = createNavigation(routing);
