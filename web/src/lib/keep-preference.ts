import 'server-only';
import { revalidatePath } from 'next/cache';
import { cookies } from 'next/headers';
import { webConfig } from './config.ts';

const YEAR = 365 * 24 * 60 * 60;

/** Keeps a choice in a cookie of this browser, and shows all pages anew. */
export async function keepPreference(name: string, value: string): Promise<void> {
  const options = { sameSite: 'lax', secure: webConfig().isSecure, path: '/', maxAge: YEAR } as const;
  (await cookies()).set(name, value, options);
  revalidatePath('/', 'layout');
}
