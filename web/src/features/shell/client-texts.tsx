import { NextIntlClientProvider } from 'next-intl';
import { getMessages } from 'next-intl/server';
import type { ReactNode } from 'react';

/** Texts that only server components show: they need not travel. */
const SERVER_ONLY = /^(App|SignIn.*|DemoPeople|NotFound|Canvas|Public.*)$/;

/** Hands the texts that client components show to them, and no others. */
export async function ClientTexts({ children }: { children: ReactNode }) {
  const messages = Object.entries(await getMessages()).filter(([namespace]) => !SERVER_ONLY.test(namespace));
  return <NextIntlClientProvider messages={Object.fromEntries(messages)}>{children}</NextIntlClientProvider>;
}
