import 'server-only';
import type { ClientBatch } from '../../../../workflows/telemetry/model.ts';
import { webConfig } from '../../lib/config.ts';

/** A batch with where it comes from. */
export interface SentBatch {
  network: string;
  userAgent: string | null;
  batch: ClientBatch;
}

const ANSWER_WITHIN = 5_000;

/** Hands what a browser tells of on to the API's log. Gives the HTTP status of its answer; 503 when it is away. */
export async function passOn(sent: SentBatch): Promise<number> {
  const { apiUrl, doorSecret } = webConfig();
  const response = await fetch(`${apiUrl}/internal/client-log`, {
    method: 'POST',
    headers: { authorization: `Bearer ${doorSecret}`, 'content-type': 'application/json' },
    body: JSON.stringify(sent),
    cache: 'no-store',
    signal: AbortSignal.timeout(ANSWER_WITHIN),
  }).catch(() => null);
  return response?.status ?? 503;
}
