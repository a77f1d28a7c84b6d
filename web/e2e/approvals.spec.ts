import { expect, test, type Browser, type Page } from '@playwright/test';
import { askAs, publishFlow, startRun, type Step } from './flows.ts';
import { pressUntil } from './keyboard.ts';
import { signInAs } from './people.ts';

const ASKING: Step[] = [
  {
    id: 'ask',
    kind: 'approval',
    with: {
      ...{ title: '{{ input.title }}', details: { amount: 120, urgent: true } },
      ...{ class: 'B', approvers: ['finance'], onDenied: 'continue' },
    },
  },
];

/** Publishes a workflow that asks Finance, and starts so many runs of it, all of which ask for the same. */
async function askFinance(
  browser: Browser,
  { title, times }: { title: string; times: number },
): Promise<void> {
  const page = await signInAs(browser, 'Owner');
  const workflow = await publishFlow(page, `Ask ${title}`, ASKING);
  for (let i = 0; i < times; i += 1) await startRun(page, workflow, { input: { title } });
  await page.context().close();
}

const rows = (page: Page, title: string) =>
  page.getByRole('list', { name: 'Approvals' }).getByRole('listitem').filter({ hasText: title });

test('requests with one plan are decided at once, and each tells what came of it', async ({ browser }) => {
  const title = 'Pay the same three times';
  await askFinance(browser, { title, times: 3 });
  const page = await signInAs(browser, 'Finance');
  await page.goto('/en/approvals');
  await expect(rows(page, title)).toHaveCount(3);
  await page.getByRole('link', { name: new RegExp(`Decide together.*${title}`) }).click();
  const question = page.getByRole('article', { name: title });
  await expect(question.getByText('3 requests ask for exactly the same')).toBeVisible();
  await expect(question.getByRole('link', { name: `Ask ${title}` })).toHaveCount(3);
  await expect(question.getByText('Yes', { exact: true })).toBeVisible();
  await page.keyboard.press('a');
  const dialog = page.getByRole('dialog', { name: 'Approve these 3 requests?' });
  await dialog.getByRole('textbox').fill('The same bill for three shops.');
  await dialog.getByRole('button', { name: 'Approve all 3' }).click();
  await expect(page.getByRole('heading', { name: '3 decisions are noted' })).toBeVisible();
  await expect(page.getByText('Approved; its run goes on')).toHaveCount(3);
  await expect(rows(page, title)).toHaveCount(0);
  await expect(page.getByText('Approved; its run goes on')).toHaveCount(3);
});

test('approvals are given to somebody for a time, and taken back', async ({ browser }) => {
  const title = 'While Finance is away';
  const finance = await signInAs(browser, 'Finance');
  await finance.goto('/en/approvals/delegations');
  await finance.getByRole('button', { name: 'Give my approvals' }).click();
  const dialog = finance.getByRole('dialog');
  const { members } = await askAs<{
    members: { edges: { node: { person: { id: string; email: string } } }[] };
  }>(finance, '{ members(first: 50) { edges { node { person { id email } } } } }');
  const viewer = members.edges.find(({ node }) => node.person.email.startsWith('viewer@'));
  await dialog.getByLabel('To', { exact: true }).selectOption(viewer?.node.person.id ?? '');
  await dialog.getByLabel('Why').fill('On holiday');
  await dialog.getByRole('button', { name: 'Give them' }).click();
  await expect(dialog).toBeHidden();
  await expect(finance.getByRole('table', { name: 'Given by me' }).getByText('In force')).toBeVisible();

  await askFinance(browser, { title, times: 1 });
  const page = await signInAs(browser, 'Viewer');
  await page.goto('/en/approvals');
  await rows(page, title).getByRole('link').click();
  await page.getByRole('button', { name: /^Approve/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
  await expect(page.getByText('for finance@demo.levqor.example')).toBeVisible();

  await page.goto('/en/approvals/delegations');
  const got = page.getByRole('table', { name: 'Given to me' });
  await expect(got.getByText('On holiday').first()).toBeVisible();
  await got.getByRole('button', { name: /^Hand back/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Hand back' }).click();
  await expect(got.getByText('Ended early').first()).toBeVisible();
  await page.goto('/en/approvals');
  await expect(page.getByText('Nothing waits for you')).toBeVisible();
});

test('why somebody cannot decide, and what is missing, is said in their language', async ({ browser }) => {
  const title = 'Not by who asked';
  await askFinance(browser, { title, times: 1 });
  const owner = await signInAs(browser, 'Owner');
  await owner.goto('/de/approvals?view=requested');
  await owner.getByRole('link', { name: title }).click();
  await expect(owner.getByText('Jemand anderes muss entscheiden.')).toBeVisible();
  await expect(owner.getByText('0 von 1 Genehmigungen').first()).toBeVisible();
  await expect(owner.getByRole('heading', { name: 'Wenn niemand antwortet' })).toBeVisible();
  const finance = await signInAs(browser, 'Finance');
  await finance.goto('/en/approvals');
  const keys = finance.getByRole('dialog', { name: 'Keys' });
  await pressUntil(finance, '?', (timeout) =>
    expect(keys.getByText('The next request')).toBeVisible({ timeout }),
  );
  await finance.keyboard.press('Escape');
  await rows(finance, title).getByRole('link').click();
  await expect(finance.getByRole('button', { name: /^Deny/ })).toBeVisible();
  await finance.keyboard.press('d');
  await finance.getByRole('dialog').getByRole('textbox').fill('Not this time.');
  await finance.getByRole('dialog').getByRole('button', { name: 'Deny' }).click();
  await expect(finance.getByText('Not this time.')).toBeVisible();
  // The page of who asked hears of it.
  await expect(owner.getByText('Not this time.')).toBeVisible();
});

test('approvals in figures: charts, tables with the key T, and a time without any', async ({ browser }) => {
  const page = await signInAs(browser, 'Owner');
  await page.goto('/en/approvals');
  await page.getByRole('link', { name: 'In figures' }).click();
  await expect(page.getByRole('heading', { name: 'Approvals in figures' })).toBeVisible();
  const chart = page.getByRole('img', { name: /^How much is asked/ });
  await expect(chart.locator('canvas')).toBeVisible();
  await page.keyboard.press('t');
  await expect(page.getByRole('table').filter({ hasText: 'Week from' })).toHaveCount(3);
  await page.keyboard.press('t');
  await expect(chart.locator('canvas')).toBeVisible();
  await page.getByRole('tab', { name: 'Who decided' }).click();
  await expect(page.getByRole('table', { name: 'Who decided' })).toContainText('finance@demo.levqor.example');
  await page.getByLabel('From', { exact: true }).fill('2020-01-01');
  await page.getByLabel('Until', { exact: true }).fill('2020-01-31');
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Nothing was asked in this time' })).toBeVisible();
  await page.goto('/ar/approvals/analytics');
  await expect(page.locator('canvas').first()).toBeVisible();
});
