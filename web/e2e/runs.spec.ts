import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { publishFlow, startRun, untilRunIs, type Step } from './flows.ts';
import { pressUntil } from './keyboard.ts';
import { signInAs } from './people.ts';

/** Says a number, then fails when it is told to. */
const FAILING: Step[] = [
  { id: 'count', kind: 'transform', name: 'Count', with: { value: '{{ input.n }}' } },
  {
    ...{ id: 'stop', kind: 'fail', name: 'Stop here', when: '{{ input.n > 0 }}' },
    with: { message: 'The shop is closed', code: 'SHOP_CLOSED' },
  },
];
const WAITING: Step[] = [{ id: 'long', kind: 'wait', name: 'Wait long', with: { seconds: 86_400 } }];

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze();
  expect(violations.map(({ id, nodes }) => ({ id, html: nodes.map(({ html }) => html) }))).toEqual([]);
}

/** The rows of the list, without the one of the headings. */
const rows = (page: Page) => page.getByRole('region', { name: 'Runs', exact: true }).locator('tbody tr');

test('the graph shows how each step stands, and keys lead through it', async ({ browser }) => {
  const page = await signInAs(browser, 'Operator', { reducedMotion: 'reduce' });
  await page.getByRole('link', { name: 'Overdue invoices' }).last().click();
  await page.getByRole('link', { name: 'Graph' }).click();
  await expect(page).toHaveURL(/view=graph/);
  const graph = page.getByRole('region', { name: 'Graph of the run' });
  await expect(graph.getByRole('link', { name: /Count what is owed.*Done/ })).toBeVisible();
  await graph.getByRole('link', { name: /Count what is owed/ }).click();
  await expect(page.getByRole('complementary', { name: 'Step totals' })).toBeVisible();
  await expect(page).toHaveURL(/step=totals/);
  await expectAccessible(page);

  await page.keyboard.press('j');
  await expect(graph.getByRole('link', { name: /Remind each customer/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: 'Step reminders' })).toBeVisible();

  await page.getByRole('link', { name: 'Steps', exact: true }).click();
  await expect(page.getByRole('complementary', { name: 'Step reminders' })).toBeVisible();
  const loop = page.getByRole('link', { name: /^reminders/ });
  await loop.focus();
  const rounds = page.getByRole('button', { name: /^Round/ });
  await page.keyboard.press('ArrowLeft');
  await expect(rounds).toHaveCount(0);
  await page.keyboard.press('ArrowRight');
  await expect(rounds.first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('complementary')).toHaveCount(0);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys of this page' })).toContainText('From step to step');
});

test('a long loop shows what failed in it, and leads to every other step', async ({ browser }) => {
  const page = await signInAs(browser, 'Owner');
  const round = [
    { id: 'double', kind: 'transform', with: { value: '{{ n * 2 }}' } },
    { id: 'odd', kind: 'fail', when: '{{ n = 1150 }}', with: { message: 'This one is odd' } },
  ];
  const loop = {
    id: 'each',
    kind: 'forEach',
    items: '{{ [1..1200] }}',
    as: 'n',
    concurrency: 50,
    steps: round,
  };
  const id = await startRun(page, await publishFlow(page, 'Long loop', [loop]), { until: 'FAILED' });
  await page.goto(`/en/runs/${id}`);
  await expect(page.getByText(/Of 2,\d{3} steps, 1,000 are shown here/)).toBeVisible();
  const timeline = page.getByRole('list', { name: 'Steps of the run' });
  await expect(timeline.getByRole('button', { name: 'Round 1150 Failed' })).toBeVisible();
  await page.getByRole('link', { name: 'each[1149]/odd' }).click();
  await expect(page.getByRole('complementary', { name: 'Step odd' })).toContainText('This one is odd');
  await page.getByRole('link', { name: 'Event log' }).click();
  await page.getByRole('link', { name: 'each[3]/double' }).first().click();
  await expect(page.getByRole('complementary', { name: 'Step double' })).toContainText('8');
  await page.goto(`/en/runs/${id}?step=each%5B1000%5D/double`);
  await expect(page.getByRole('complementary', { name: 'Step double' })).toContainText('2002');
});

test('two runs are chosen in the list and compared, and one is taken along', async ({ browser }) => {
  const page = await signInAs(browser, 'Owner', { reducedMotion: 'reduce' });
  const workflow = await publishFlow(page, `Compare ${Date.now()}`, FAILING);
  const good = await startRun(page, workflow, { input: { n: 0 }, until: 'SUCCEEDED' });
  const bad = await startRun(page, workflow, { input: { n: 7 }, until: 'FAILED' });

  await page.goto(`/en/runs?workflow=${workflow}`);
  await expect(rows(page)).toHaveCount(2);
  await rows(page).nth(0).getByRole('checkbox').check();
  await rows(page)
    .nth(1)
    .getByRole('checkbox')
    .click({ modifiers: ['Shift'] });
  await page.getByRole('region', { name: 'Chosen runs' }).getByRole('link', { name: 'Compare' }).click();
  await expect(page).toHaveURL(new RegExp(`left=${good}&right=${bad}`));
  await expect(page.getByRole('region', { name: 'What came of comparing them' })).toContainText('count');
  await expect(page.getByRole('table', { name: 'Places that are different' })).toContainText('7');
  await expect(page.getByRole('heading', { name: '2 steps are different' })).toBeVisible();
  await page.getByRole('table', { name: 'Steps of both runs' }).getByRole('link', { name: 'stop' }).click();
  await expect(page.getByRole('heading', { name: /Values of the step stop/ })).toBeVisible();
  await expectAccessible(page);

  await page.goto(`/en/runs/${bad}`);
  await page.getByRole('button', { name: 'More about this run' }).click();
  await page.getByRole('menuitem', { name: 'Compare with another run' }).click();
  await page.getByRole('link', { name: 'Compare', exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`left=${bad}&right=${good}`));

  await page.goto(`/en/runs/${bad}`);
  await page.getByRole('button', { name: 'More about this run' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Download as JSON' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(`${bad}.json`);
  const file = await page.request.get(`/api/run-export?id=${bad}`);
  expect(await file.json()).toMatchObject({
    ...{ id: bad, status: 'FAILED', input: { n: 7 }, definition: { flow: 'v1' } },
    error: { code: 'SHOP_CLOSED' },
    steps: [{ path: 'count', output: 7 }, { path: 'stop' }],
    events: expect.arrayContaining([expect.objectContaining({ path: 'stop', kind: 'FAILED' })]),
  });
  expect((await page.request.get('/api/run-export?id=nothing')).status()).toBe(404);
});

test('runs of one failure are run again together, with what that repeats shown first', async ({
  browser,
}) => {
  const page = await signInAs(browser, 'Owner', { reducedMotion: 'reduce' });
  const workflow = await publishFlow(page, `Failing ${Date.now()}`, FAILING);
  for (const n of [1, 2, 3]) await startRun(page, workflow, { input: { n }, until: 'FAILED' });

  await page.goto(`/en/runs?workflow=${workflow}`);
  await rows(page).nth(0).getByRole('link').click();
  await page.getByRole('link', { name: 'All runs that failed for this reason' }).click();
  await expect(page).toHaveURL(/failure=[0-9a-f]{64}/);
  await expect(rows(page)).toHaveCount(3);

  await page.goto('/en/runs/failures');
  const line = page.getByRole('row').filter({ hasText: 'Failing' }).first();
  await line.getByRole('button', { name: 'Run 3 again' }).click();
  const dialog = page.getByRole('dialog', { name: 'Run 3 runs again?' });
  await expect(dialog.getByText('Nothing outside is repeated')).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Run 3 again' }).click();
  await expect(page).toHaveURL(/\/en\/runs\/bulk\/bulk_/);
  await expect(page.getByText('All done')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '3');
  await expect(page.getByText('3 runs started')).toBeVisible();
  await expectAccessible(page);
});

test('several runs are cancelled at once by keyboard, with what became of each', async ({ browser }) => {
  const page = await signInAs(browser, 'Owner', { reducedMotion: 'reduce' });
  const workflow = await publishFlow(page, `Waiting ${Date.now()}`, WAITING);
  const ids: string[] = [];
  for (let i = 0; i < 3; i += 1) ids.push(await startRun(page, workflow));
  for (const id of ids) await untilRunIs(page, id, 'WAITING');

  await page.goto(`/en/runs?workflow=${workflow}`);
  await expect(rows(page)).toHaveCount(3);
  const first = rows(page).nth(0).getByRole('link');
  await pressUntil(page, 'j', (timeout) => expect(first).toBeFocused({ timeout }));
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Shift+X');
  const bar = page.getByRole('region', { name: 'Chosen runs' });
  await bar.getByRole('button', { name: 'Cancel 3 runs' }).click();
  const dialog = page.getByRole('dialog', { name: 'Cancel these 3 runs?' });
  await dialog.getByRole('textbox').fill('Not needed any more');
  await dialog.getByRole('button', { name: 'Cancel 3 runs' }).click();
  await expect(dialog.getByText('Told to stop')).toHaveCount(3);
  await expect(dialog.getByText('3 of 3 done')).toBeVisible();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(bar.getByRole('button')).toHaveCount(0);
  // Nobody loads the list again: it hears of the end.
  await expect(rows(page).getByText('Cancelled')).toHaveCount(3, { timeout: 30_000 });
});

test('new runs wait for a press, and narrowed lists are kept by name', async ({ browser }) => {
  const page = await signInAs(browser, 'Owner', { reducedMotion: 'reduce' });
  const workflow = await publishFlow(page, `New ${Date.now()}`, WAITING);
  await startRun(page, workflow);
  await page.goto(`/en/runs?workflow=${workflow}`);
  await expect(rows(page)).toHaveCount(1);
  await startRun(page, workflow);
  await startRun(page, workflow);
  const press = page.getByRole('button', { name: 'Show 2 new runs' });
  await expect(press).toBeVisible({ timeout: 20_000 });
  await expect(rows(page)).toHaveCount(1);
  await press.click();
  await expect(rows(page)).toHaveCount(3);
  await expect(press).toHaveCount(0);

  await page.getByRole('button', { name: 'Save this view' }).click();
  await expect(page.getByRole('dialog')).toContainText('this browser only');
  await page.getByLabel('Name', { exact: true }).fill('My workflow');
  await page.getByRole('button', { name: 'Save the view' }).click();
  await page.goto('/en/runs');
  const views = page.getByRole('navigation', { name: 'Saved views' });
  await views.getByRole('link', { name: 'My workflow' }).click();
  await expect(page).toHaveURL(new RegExp(`workflow=${workflow}`));
  await page.getByRole('button', { name: 'Edit views' }).click();
  await page.getByLabel('Name of “My workflow”').fill('Waiting ones');
  await page.getByRole('button', { name: 'Rename' }).click();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('No views are left.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(views).toHaveCount(0);
});
