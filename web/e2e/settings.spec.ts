import { expect, test } from '@playwright/test';
import { signInAs } from './people.ts';

test('a person sees where they are signed in, and ends another session', async ({ browser }) => {
  const [here, there] = [await signInAs(browser, 'Viewer'), await signInAs(browser, 'Viewer')];
  await here.goto('/en/settings');
  const table = here.getByRole('table', { name: 'Where you are signed in' });
  await expect(table.getByText('This one')).toHaveCount(1);
  await expect(table.getByRole('row').nth(1)).toContainText('This one');
  await expect(table.getByText(/Chrom/).first()).toBeVisible();
  const buttons = table.getByRole('button', { name: /^Sign out/ });
  const before = await buttons.count();
  await buttons.first().click();
  await here.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
  await expect(buttons).toHaveCount(before - 1);
  if (before > 1) {
    await here.getByRole('button', { name: 'Sign out everywhere else' }).click();
    await here.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere else' }).click();
    await expect(here.getByText(/other sessions? (was|were) ended/)).toBeVisible();
    await expect(buttons).toHaveCount(0);
  }
  await there.goto('/en/runs');
  await expect(there).toHaveURL(/\/en\/sign-in/);
  await here.reload();
  await expect(table).toBeVisible();
});

test('an owner renames the organisation, which others only look at', async ({ browser }) => {
  const owner = await signInAs(browser, 'Owner');
  await owner.goto('/en/organisation');
  const rename = async (name: string): Promise<string> => {
    await owner.getByRole('button', { name: 'Rename' }).click();
    const field = owner.getByRole('dialog').getByLabel('Name');
    const old = await field.inputValue();
    await field.fill(name);
    await owner.getByRole('dialog').getByRole('button', { name: 'Save the name' }).click();
    await expect(owner.getByRole('dialog')).toBeHidden();
    await expect(owner.getByRole('table', { name: 'Changes of the organisation' })).toContainText(
      `Renamed from ${old} to ${name}`,
    );
    return old;
  };
  const old = await rename('Nordlicht');
  const viewer = await signInAs(browser, 'Viewer');
  await viewer.goto('/en/organisation');
  await expect(viewer.getByText('Nordlicht').first()).toBeVisible();
  await expect(viewer.getByRole('button', { name: 'Rename' })).toHaveCount(0);
  await expect(viewer.getByRole('table', { name: 'Changes of the organisation' })).toHaveCount(0);
  await rename(old);
});
