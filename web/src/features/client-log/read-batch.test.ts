import { describe, expect, it } from '@jest/globals';
import { CLIENT_LOG_LIMITS } from '../../../../workflows/telemetry/limits.ts';
import { readBatch } from './read-batch.ts';

const event = { kind: 'vital', page: '/en', name: 'LCP', value: 1 };
const sent = (body: string | ReadableStream<Uint8Array> | null) =>
  readBatch(new Request('http://localhost/', { method: 'POST', body, ...{ duplex: 'half' } }));

describe('readBatch', () => {
  it('reads what browsers send', async () => {
    expect(await sent(JSON.stringify({ events: [event] }))).toEqual({
      batch: { events: [event] },
      refused: null,
    });
  });

  it.each<[string, string | null, number]>([
    ['nothing', null, 400],
    ['no JSON', 'events', 400],
    ['another shape', '[]', 400],
    ['no events', '{"events":[]}', 400],
    ['a field too many', JSON.stringify({ events: [event], person: 'mina' }), 400],
    ['too much', JSON.stringify({ events: [event], more: 'x'.repeat(CLIENT_LOG_LIMITS.bytes) }), 413],
  ])('refuses %s', async (_, body, refused) => {
    expect(await sent(body)).toEqual({ batch: null, refused });
  });

  it('stops reading at the limit', async () => {
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (stream) => {
        pulled += 1;
        stream.enqueue(new Uint8Array(4_096));
      },
    });
    expect(await sent(endless)).toEqual({ batch: null, refused: 413 });
    expect(pulled).toBeLessThan(10);
  });
});
