import { expect, test } from '@playwright/test';
import { COUNTING, publishFlow, type Step } from './flows.ts';
import { signInAs } from './people.ts';

const flow = (steps: Step[]) => JSON.stringify({ flow: 'v1', steps }, null, 2);
const [FIRST, SECOND] = COUNTING as [Step, Step];

test('a draft is mended, saved, and published after a look at what is different', async ({ browser }) => {
  const page = await signInAs(browser, 'Owner');
  const id = await publishFlow(page, `Edited ${Date.now()}`, COUNTING);
  await page.goto(`/en/workflows/${id}`);
  const text = page.getByRole('textbox', { name: 'Definition' });
  const publish = page.getByRole('button', { name: 'Publish' });
  await publish.click();
  const question = page.getByRole('dialog', { name: 'Publish this draft?' });
  await expect(question).toContainText('Nothing is different from version 1');
  await expect(question.getByRole('button', { name: 'Publish' })).toBeDisabled();
  await page.keyboard.press('Escape');

  await text.fill(flow([FIRST, { ...SECOND, kind: 'guess' }]));
  await expect(page.getByText('1 problem', { exact: true })).toBeVisible();
  await expect(publish).toBeDisabled();
  await text.fill(flow([{ ...FIRST, with: { value: 41 } }, SECOND, { ...FIRST, id: 'third' }]));
  await expect(page.getByText('No problems: this can be published.')).toBeVisible();
  await page.getByRole('button', { name: 'Save the draft' }).click();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();

  await publish.click();
  await expect(question).toContainText('Different from version 1');
  await expect(question.getByRole('listitem').filter({ hasText: 'Changed: first' })).toContainText('41');
  await expect(question.getByRole('listitem').filter({ hasText: 'New: third' })).toBeVisible();
  await question.getByRole('textbox', { name: /What is new/ }).fill('Counts from 41');
  await question.getByRole('button', { name: 'Publish' }).click();
  await expect(question).toBeHidden();
  await expect(page.getByRole('region', { name: 'Versions' })).toContainText('Counts from 41');
});
