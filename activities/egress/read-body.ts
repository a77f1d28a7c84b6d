import type { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

/** A body grew past its limit. Reading stopped there. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

const DECODERS: Record<string, () => Transform> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** Codings that {@link readBody} opens, for `accept-encoding`. Not deflate: servers disagree on what it is. */
export const ACCEPTED_ENCODINGS = 'gzip, br';

/**
 * All bytes of a body, decompressed; an unknown coding is left as it came. Counts after decompression, so that a
 * small message that unfolds to gigabytes stops at `maxBytes`. Throws BodyTooLarge or the stream's error.
 */
export async function readBody(
  body: Readable,
  encoding: string | string[] | undefined,
  maxBytes: number,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  const collect = async (source: AsyncIterable<Buffer>) => {
    for await (const chunk of source) {
      size += chunk.length;
      if (size > maxBytes) throw new BodyTooLarge(`The answer is larger than ${maxBytes} bytes.`);
      chunks.push(chunk);
    }
  };
  const decoder = typeof encoding === 'string' ? DECODERS[encoding.trim().toLowerCase()]?.() : undefined;
  if (decoder) await pipeline(body, decoder, collect);
  else await pipeline(body, collect);
  return Buffer.concat(chunks, size);
}
