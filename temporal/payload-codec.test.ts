import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { temporalWorkflowId, type RunId, type TenantId } from '../workflows/ids.ts';
import { parseKeyring } from './keyring.ts';
import { sealingCodec } from './payload-codec.ts';

const key = () => randomBytes(32).toString('base64');
const first = `first:${key()}`;
const codec = sealingCodec(parseKeyring(first));

const contextOf = (tenantId: string) => ({
  type: 'workflow' as const,
  namespace: 'default',
  workflowId: temporalWorkflowId(tenantId as TenantId, randomUUID() as RunId),
});
const payloadOf = (value: unknown): Payload => defaultPayloadConverter.toPayload(value);
const valueOf = (payload: Payload | undefined): unknown =>
  defaultPayloadConverter.fromPayload(payload as Payload);

describe('the payload codec', () => {
  const tenant = randomUUID();

  it('hides what it seals, metadata included, and gives it back', async () => {
    const [sealed] = await codec.encode([payloadOf({ secret: 'plain words' })], contextOf(tenant));
    const text = Buffer.concat([
      Buffer.from(sealed?.data ?? []),
      ...Object.values(sealed?.metadata ?? {}).map((m) => Buffer.from(m)),
    ]);
    expect(text.toString('latin1')).not.toContain('plain words');
    expect(text.toString('latin1')).not.toContain('json/plain');
    const [opened] = await codec.decode([sealed as Payload], contextOf(tenant));
    expect(valueOf(opened)).toEqual({ secret: 'plain words' });
  });

  it('does not open in the workflow of another tenant, nor with its name changed', async () => {
    const [sealed] = await codec.encode([payloadOf(1)], contextOf(tenant));
    const other = randomUUID();
    await expect(codec.decode([sealed as Payload], contextOf(other))).rejects.toThrow('another tenant');
    const moved = { ...sealed, metadata: { ...sealed?.metadata, 'levqor-tenant': Buffer.from(other) } };
    await expect(codec.decode([moved], contextOf(other))).rejects.toThrow('does not open');
  });

  it('does not open when one bit was changed', async () => {
    const [sealed] = await codec.encode([payloadOf('x')], contextOf(tenant));
    const data = Buffer.from(sealed?.data ?? []);
    data[data.length - 1] = (data.at(-1) ?? 0) ^ 1;
    await expect(codec.decode([{ ...sealed, data }], contextOf(tenant))).rejects.toThrow('does not open');
  });

  it('opens what an older key sealed, and seals with the active one', async () => {
    const [old] = await codec.encode([payloadOf('kept')], contextOf(tenant));
    const rotated = sealingCodec(parseKeyring(`second:${key()},${first}`));
    const [opened] = await rotated.decode([old as Payload], contextOf(tenant));
    expect(valueOf(opened)).toBe('kept');
    const [fresh] = await rotated.encode([payloadOf('new')], contextOf(tenant));
    await expect(codec.decode([fresh as Payload], contextOf(tenant))).rejects.toThrow('second');
  });

  it('leaves alone what it did not seal', async () => {
    const plain = payloadOf('as it is');
    expect(await codec.decode([plain], contextOf(tenant))).toEqual([plain]);
  });
});
