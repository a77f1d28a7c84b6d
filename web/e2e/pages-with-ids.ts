import type { Page } from '@playwright/test';

/** The pages of one thing of the demo, in English: a run with a step open, its other views, a workflow, a request. */
export async function pagesWithIds(page: Page): Promise<string[]> {
  const idIn = async (path: string, link: RegExp) => {
    await page.goto(path);
    const found = page.locator('main a').filter({ hasText: link }).first();
    return new URL((await found.getAttribute('href')) ?? '', page.url());
  };
  const run = (await idIn('/en/runs', /Overdue invoices/)).pathname;
  const workflow = (await idIn('/en/workflows', /Overdue invoices/)).pathname;
  const approval = await idIn('/en/approvals?view=all', /Remind/);
  return [
    ...[`${run}?step=totals`, `${run}?view=graph`, `${run}?view=events`, `${run}?view=values`],
    ...[workflow, `${approval.pathname}${approval.search}`],
  ];
}
