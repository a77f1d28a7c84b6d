import { randomUUID } from 'node:crypto';
import { expect, test, type Page } from '@playwright/test';
import { askAs, publishFlow, startRun } from './flows.ts';
import { signInAs } from './people.ts';
import { textsOf } from './texts.ts';

const t = textsOf('en');
const OVERRIDE = '\u202e';
const LONG = 'ä'.repeat(10_000);
const UNKNOWN = '0'.repeat(32);

/** Texts that turn the reading direction, and stand in one line with words that are not theirs. */
function leaks(page: Page): Promise<string[]> {
  return page.evaluate((override) => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent ?? '';
      const parent = node.parentElement;
      if (!text.includes(override) || parent?.closest('script, style') !== null) continue;
      let border: Element | null = parent;
      const isBorder = (element: Element) => {
        const { unicodeBidi, display } = getComputedStyle(element);
        return /isolate|plaintext/.test(unicodeBidi) || !display.startsWith('inline');
      };
      while (border && !isBorder(border)) border = border.parentElement;
      if ((border?.textContent ?? '').trim() !== text.trim())
        found.push(border?.outerHTML.slice(0, 200) ?? text);
    }
    return found;
  }, OVERRIDE);
}

async function expectNothingTooWide(page: Page): Promise<void> {
  const room = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect({ page: page.url(), isTooWide: room > 0 }).toEqual({ page: page.url(), isTooWide: false });
}

test('a name that turns the reading direction turns nothing but itself', async ({ browser }) => {
  const mark = randomUUID().slice(0, 8);
  const name = `${OVERRIDE}gnp.${mark} 🧵👩‍👩‍👧‍👦`;
  const page = await signInAs(browser, 'Owner');
  const workflow = await publishFlow(page, name, [{ id: 'one', kind: 'transform', with: { value: 1 } }]);
  const run = await startRun(page, workflow, { until: 'SUCCEEDED' });
  await askAs(page, 'mutation ($input: InviteMemberInput!) { inviteMember(input: $input) { roles } }', {
    input: { email: `${mark}@demo.levqor.example`, name, roles: ['viewer'], idempotencyKey: randomUUID() },
  });
  for (const path of [
    'runs',
    `runs/${run}`,
    'workflows',
    `workflows/${workflow}`,
    'members',
    'schedules',
    'audit',
  ]) {
    await page.goto(`/en/${path}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect({ path, leaks: await leaks(page) }).toEqual({ path, leaks: [] });
    await expectNothingTooWide(page);
  }
});

test('10,000 characters break no page', async ({ browser }) => {
  const page = await signInAs(browser, 'Owner', { viewport: { width: 390, height: 844 } });
  const name = `Long ${randomUUID().slice(0, 8)}`;
  const step = { id: 'echo', kind: 'transform', with: { value: '{{ input.text }}' } };
  const workflow = await publishFlow(page, name, [step, { ...step, id: 'x'.repeat(60) }]);
  const run = await startRun(page, workflow, { input: { text: LONG }, until: 'SUCCEEDED' });
  for (const path of [
    'runs',
    `runs/${run}`,
    `runs/${run}?step=echo`,
    `runs/${run}?view=values`,
    `workflows/${workflow}`,
  ]) {
    await page.goto(`/en/${path}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectNothingTooWide(page);
  }
  await page.goto(`/en/runs/${run}?view=values`);
  await expect(page.getByRole('region', { name: t('RunPage.output') })).toContainText(LONG.slice(0, 5_000));
});

test('fields take no more than is stored, and say what is wrong with the rest', async ({ browser }) => {
  const page = await signInAs(browser, 'Owner');
  await page.goto('/en/members');
  await page.getByRole('button', { name: t('Members.invite') }).click();
  const dialog = page.getByRole('dialog', { name: t('Members.inviteTitle') });
  const field = dialog.getByLabel(t('Members.name'), { exact: true });
  await field.focus();
  await page.keyboard.insertText(LONG);
  expect((await field.inputValue()).length).toBe(200);
  await page.goto('/en/workflows');
  const search = new URLSearchParams({ search: LONG.slice(0, 2_000) });
  await page.goto(`/en/workflows?${search}`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expectNothingTooWide(page);
});

for (const path of [
  `/en/runs/run_${UNKNOWN}`,
  '/en/runs/nonsense',
  `/en/workflows/workflow_${UNKNOWN}`,
  '/en/workflows/🧵',
  `/en/schedules/schedule_${UNKNOWN}`,
  `/en/webhooks/webhook_${UNKNOWN}`,
  `/en/webhooks/endpoints/endpoint_${UNKNOWN}`,
  '/en/nothing/at/all',
  '/xx/runs',
])
  test(`nothing is at ${path}, and it says so in the look of the app`, async ({ browser }) => {
    const page = await signInAs(browser, 'Owner');
    const answer = await page.goto(path);
    expect(answer?.status()).toBe(404);
    await expect(page.getByRole('heading', { name: t('NotFound.title') })).toBeVisible();
    await expect(page.getByRole('link', { name: t('NotFound.back') })).toBeVisible();
  });
