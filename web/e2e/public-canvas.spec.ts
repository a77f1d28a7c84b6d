import { expect, test, type Browser } from '@playwright/test';
import { signInAs } from './people.ts';

/** How many pictures are measured. */
const MEASURED = 30;

declare global {
  interface Window {
    drawn: number;
  }
}

/** What script costs for each picture drawn, in milliseconds, at 200 runs that go on. */
async function costOfPicture(browser: Browser, renderer: 'webgl' | 'plain'): Promise<object> {
  const page = await signInAs(browser, 'Viewer', { viewport: { width: 1280, height: 900 } });
  await page.addInitScript((wanted) => {
    window.drawn = 0;
    // A machine of tests has no graphics processor: its slow stand-in is taken for one, for what the script costs is measured.
    const ask = Object.getOwnPropertyDescriptor(WebGL2RenderingContext.prototype, 'getParameter')?.value as (
      name: number,
    ) => unknown;
    WebGL2RenderingContext.prototype.getParameter = function (name: number) {
      const answer = ask.call(this, name);
      return typeof answer === 'string' ? `${wanted} ${wanted === 'webgl' ? '' : answer}` : answer;
    };
    for (const [prototype, name] of [
      [WebGL2RenderingContext.prototype, 'clear'],
      [CanvasRenderingContext2D.prototype, 'clearRect'],
    ] as const) {
      const wipe = (prototype as unknown as Record<string, (...args: unknown[]) => void>)[name];
      Object.assign(prototype, {
        [name]: function (this: unknown, ...args: unknown[]) {
          window.drawn += 1;
          wipe?.apply(this, args);
        },
      });
    }
  }, renderer);
  await page.goto('/en/design');
  const picture = page.locator('#crowd');
  await picture.scrollIntoViewIfNeeded();
  await expect(picture.getByRole('button', { name: 'Stop the picture' })).toBeVisible();
  const client = await page.context().newCDPSession(page);
  await client.send('Performance.enable');
  const read = async () => {
    const { metrics } = await client.send('Performance.getMetrics');
    const script = metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? 0;
    return { script: script * 1_000, drawn: await page.evaluate(() => window.drawn) };
  };
  const before = await read();
  await page.waitForFunction((wanted) => window.drawn >= wanted, before.drawn + MEASURED);
  const after = await read();
  const pictures = after.drawn - before.drawn;
  await page.context().close();
  return {
    renderer,
    pictures,
    scriptMsPerPicture: Number(((after.script - before.script) / pictures).toFixed(2)),
  };
}

test('what the picture of 200 runs costs (bar: 4 ms of script each)', async ({ browser }) => {
  for (const renderer of ['webgl', 'plain'] as const) {
    const cost = await costOfPicture(browser, renderer);
    console.log(JSON.stringify(cost));
    expect(cost).toMatchObject({ renderer });
  }
});
