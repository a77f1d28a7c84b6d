import { getLocale } from 'next-intl/server';
import type { ComponentProps } from 'react';

/** A link that keeps the language and needs no script: public pages carry as little of it as they can. */
export async function PublicLink({ href, ...rest }: ComponentProps<'a'> & { href: string }) {
  return <a href={`/${await getLocale()}${href}`} {...rest} />;
}
