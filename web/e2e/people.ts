import { expect, type Browser, type BrowserContextOptions, type Page } from '@playwright/test';
import { TEST } from './config.ts';

/** A phone of the usual size. */
export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };

/** The people of the demo, as their buttons call them. */
export type Person = 'Owner' | 'Operator' | 'Finance' | 'Security' | 'Viewer';

/** Opens a browser of their own for a person, and signs them in by the demo's button. */
export async function signInAs(
  browser: Browser,
  person: Person,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage();
  await page.goto('/en/sign-in');
  await page.getByRole('button', { name: person, exact: true }).click();
  await expect(page).toHaveURL(/\/en\/runs$/);
  return page;
}

interface CaughtMail {
  to: string;
  text: string;
}

/** The link in the newest mail to an address that has one; waits for it, and for another one than `before`. */
export async function mailedLink(address: string, before = ''): Promise<string> {
  let link = before;
  await expect.poll(async () => (link = await newestLink(address))).not.toBe(before);
  return link;
}

/** The link in the newest mail to an address; empty when there is none. */
export async function newestLink(address: string): Promise<string> {
  const mails = (await (await fetch(`${TEST.mailUrl}/messages`)).json()) as CaughtMail[];
  const newest = mails.find(
    (mail) => JSON.stringify(mail).includes(address) && mail.text.includes('/sign-in/confirm'),
  );
  return /https?:\/\/\S*\/sign-in\/confirm\S*/.exec(newest?.text ?? '')?.[0] ?? '';
}
