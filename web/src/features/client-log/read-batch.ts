import { CLIENT_LOG_LIMITS } from '../../../../workflows/telemetry/limits.ts';
import { clientBatchSchema, type ClientBatch } from '../../../../workflows/telemetry/model.ts';

/** What the body of a request holds, or the HTTP status of its refusal. */
export type ReadBatch = { batch: ClientBatch; refused: null } | { batch: null; refused: 400 | 413 };

/** Reads a batch, and no byte more than it may have. */
export async function readBatch(request: Request): Promise<ReadBatch> {
  const text = await textWithin(request, CLIENT_LOG_LIMITS.bytes);
  if (text === null) return { batch: null, refused: 413 };
  const parsed = clientBatchSchema.safeParse(jsonIn(text));
  return parsed.success ? { batch: parsed.data, refused: null } : { batch: null, refused: 400 };
}

async function textWithin({ body }: Request, limit: number): Promise<string | null> {
  if (body === null) return '';
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  const reader = body.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    bytes += read.value.byteLength;
    if (bytes > limit) {
      await reader.cancel();
      return null;
    }
    pieces.push(read.value);
  }
  return new TextDecoder().decode(Buffer.concat(pieces));
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
