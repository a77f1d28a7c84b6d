import { exportRun, readRunToExport } from '../../../features/runs/export-run.ts';
import type { ProblemCode } from '../../../lib/problem.ts';

const STATUSES: Partial<Record<ProblemCode, number>> = { NOT_FOUND: 404, INVALID: 404, FORBIDDEN: 403 };

/** A run as a JSON file, with its steps and all its events. The API decides whether the person may read it. */
export async function GET(request: Request): Promise<Response> {
  const id = new URL(request.url).searchParams.get('id') ?? '';
  const { data: run, problem } = await readRunToExport(id);
  if (problem !== null) return new Response(null, { status: STATUSES[problem.code] ?? 502 });
  if (run === null) return new Response(null, { status: 404 });
  const pieces = exportRun(run);
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
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="${run.id}.json"`,
      'cache-control': 'no-store',
    },
  });
}
