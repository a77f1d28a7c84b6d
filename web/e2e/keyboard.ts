import { expect, type Locator, type Page } from '@playwright/test';

/** So many stops are more than any page of the app has. */
const MOST_STOPS = 150;

/** Goes forward with Tab until this has the focus, which must be seen. Throws when it cannot be reached. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let stops = 0; stops <= MOST_STOPS; stops += 1) {
    if (await hasFocus(target)) return expectSeen(target);
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${String(target)}`);
}

/** Goes there with Tab and presses Enter. */
export async function enter(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

/** Presses a key of the page until it is seen to be heard: a page hears keys only once its script has begun. */
export async function pressUntil(
  page: Page,
  key: string,
  seen: (timeout: number) => Promise<void>,
): Promise<void> {
  await expect(async () => {
    await page.keyboard.press(key);
    await seen(1_000);
  }).toPass();
}

/** Goes to a field with Tab and types. */
export async function typeInto(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.type(text);
}

function hasFocus(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element === document.activeElement);
}

/** Whoever uses no mouse sees where they are by the line around it. */
async function expectSeen(target: Locator): Promise<void> {
  const line = await target.evaluate((element) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1;
  });
  expect({ target: String(target), hasLine: line }).toEqual({ target: String(target), hasLine: true });
}
