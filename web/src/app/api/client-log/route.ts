import { passOn } from '../../../features/client-log/client-log-door.ts';
import { readBatch } from '../../../features/client-log/read-batch.ts';
import { webConfig } from '../../../lib/config.ts';
import { CLIENT_HEADER } from '../../../server/client-network.ts';

/** What pages of this address tell of themselves: faults, and how fast they were. */
export async function POST(request: Request): Promise<Response> {
  // Browsers say where a request comes from; another site has nothing to tell here.
  if (request.headers.get('origin') !== webConfig().url) return new Response(null, { status: 403 });
  const { batch, refused } = await readBatch(request);
  if (refused !== null) return new Response(null, { status: refused });
  const network = request.headers.get(CLIENT_HEADER) ?? 'unknown';
  const userAgent = request.headers.get('user-agent')?.slice(0, 200) ?? null;
  return new Response(null, { status: await passOn({ network, userAgent, batch }) });
}
