import type { Page, Request } from '@playwright/test';
import type { ClientEventKind } from '../../workflows/telemetry/model.ts';

/** Waits until a page tells the client log of something of this kind; what else it tells of goes by. */
export function toldOf(page: Page, kind: ClientEventKind): Promise<Request> {
  return page.waitForRequest(
    (request) =>
      new URL(request.url()).pathname === '/api/client-log' &&
      (request.postData() ?? '').includes(`"kind":"${kind}"`),
  );
}
