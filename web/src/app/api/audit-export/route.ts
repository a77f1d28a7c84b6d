import { cookies } from 'next/headers';
import { exportEvents, exportFormat } from '../../../features/audit/export-events.ts';
import { filterOf, wantedEvents } from '../../../features/audit/wanted-events.ts';
import { isTimeZone, TIME_ZONE_COOKIE } from '../../../lib/preferences.ts';

const TYPES = { csv: 'text/csv; charset=utf-8', json: 'application/json; charset=utf-8' };

/** The audit log as a file, narrowed like its page. The API decides whether the person may read it. */
export async function GET(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const format = exportFormat(searchParams.get('format'));
  if (format === null) return new Response(null, { status: 404 });
  const zone = (await cookies()).get(TIME_ZONE_COOKIE)?.value ?? '';
  const at = { zone: isTimeZone(zone) ? zone : 'UTC', now: Date.now() };
  const pieces = exportEvents(format, filterOf(wantedEvents(Object.fromEntries(searchParams)), at));
  const file = new ReadableStream<string>({
    async pull(stream) {
      const piece = await pieces.next();
      if (piece.done === true) stream.close();
      else stream.enqueue(piece.value);
    },
    cancel: async () => void (await pieces.return(undefined)),
  });
  return new Response(file.pipeThrough(new TextEncoderStream()), {
    headers: {
      'content-type': TYPES[format],
      'content-disposition': `attachment; filename="audit-log-${new Date(at.now).toISOString().slice(0, 10)}.${format}"`,
      'cache-control': 'no-store',
    },
  });
}
