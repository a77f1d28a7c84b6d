import {
  METADATA_ENCODING_KEY,
  type Payload,
  type PayloadCodec,
  type SerializationContext,
} from '@temporalio/common';
import proto from '@temporalio/proto';
import { tenantOfTemporalWorkflowId } from '../workflows/ids.ts';
import { deriveKey, open, seal, type Keyring } from './keyring.ts';

const ENCODING = 'binary/levqor-sealed';
const KEY_ID = 'levqor-key';
const TENANT = 'levqor-tenant';
const PURPOSE = 'temporal-payload';

/** Stands in for the tenant where a payload belongs to none, such as those of the platform's own workflows. */
const PLATFORM = '00000000-0000-0000-0000-000000000000';

/**
 * Seals every payload with AES-256-GCM under a key of its tenant. The tenant is bound as additional data and is taken
 * from the workflow's id, so that a payload moved to another tenant's workflow does not open there.
 */
export function sealingCodec(keyring: Keyring): PayloadCodec {
  const keys = new Map<string, ReturnType<typeof deriveKey>>();
  const keyOf = (tenantId: string, keyId: string) => {
    const name = `${keyId} ${tenantId}`;
    const key = keys.get(name) ?? deriveKey(keyring, { purpose: PURPOSE, tenantId, keyId });
    keys.set(name, key);
    return key;
  };

  const encode = (payload: Payload, context?: SerializationContext): Payload => {
    const tenantId = tenantOf(context) ?? PLATFORM;
    const plain = proto.temporal.api.common.v1.Payload.encode(payload).finish();
    const binding = { tenantId, purpose: PURPOSE, recordId: '' };
    return {
      metadata: {
        [METADATA_ENCODING_KEY]: Buffer.from(ENCODING),
        [KEY_ID]: Buffer.from(keyring.active),
        [TENANT]: Buffer.from(tenantId),
      },
      data: seal(keyOf(tenantId, keyring.active), plain, binding),
    };
  };

  const decode = (payload: Payload, context?: SerializationContext): Payload => {
    if (textOf(payload, METADATA_ENCODING_KEY) !== ENCODING) return payload;
    const tenantId = textOf(payload, TENANT);
    const expected = tenantOf(context);
    if (expected !== null && expected !== tenantId)
      throw new Error('This payload belongs to another tenant.');
    const binding = { tenantId, purpose: PURPOSE, recordId: '' };
    const plain = open(keyOf(tenantId, textOf(payload, KEY_ID)), payload.data ?? new Uint8Array(), binding);
    return proto.temporal.api.common.v1.Payload.decode(plain);
  };

  return {
    encode: (payloads, context) => Promise.resolve(payloads.map((payload) => encode(payload, context))),
    decode: async (payloads, context) => payloads.map((payload) => decode(payload, context)),
  };
}

function tenantOf(context?: SerializationContext): string | null {
  return context?.workflowId === undefined ? null : tenantOfTemporalWorkflowId(context.workflowId);
}

function textOf(payload: Payload, name: string): string {
  return Buffer.from(payload.metadata?.[name] ?? []).toString('utf8');
}
