import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Payload } from '@temporalio/common';
import { sealingCodec } from '../temporal/payload-codec.ts';
import { temporalHelperId, temporalWorkflowId, type RunId, type TenantId } from '../workflows/ids.ts';
import { fromGlobalId } from './global-id.ts';
import { openTestApi, type TestApi } from './testing/api.ts';
import { makeWorld, type World } from './testing/world.ts';

const UI = 'http://temporal.example:8233';
let api: TestApi;
let world: World;
let strangers: World;
beforeAll(async () => {
  api = await openTestApi({ temporalUi: { url: UI, namespace: 'my namespace' } });
  world = await makeWorld(api);
  strangers = await makeWorld(api);
});
afterAll(() => api.close());

const bytes = (text: string) => Buffer.from(text);
const base64 = (part: Uint8Array | null | undefined) => Buffer.from(part ?? []).toString('base64');
const asJson = ({ metadata, data }: Payload) => ({
  metadata: Object.fromEntries(Object.entries(metadata ?? {}).map(([name, part]) => [name, base64(part)])),
  data: base64(data),
});
const plain = (value: unknown): Payload => ({
  metadata: { encoding: bytes('json/plain') },
  data: bytes(JSON.stringify(value)),
});

/** A payload as a workflow with this id would write it. */
async function sealed(workflowId: string, value: unknown) {
  const codec = sealingCodec(api.house.keyring);
  const [payload] = await codec.encode([plain(value)], {
    type: 'workflow',
    namespace: 'default',
    workflowId,
  });
  return asJson(payload ?? {});
}
const runOf = ({ tenant }: World) => temporalWorkflowId(tenant.tenantId, randomUUID() as RunId);

async function call(body: unknown, headers: Record<string, string> = {}, what = 'decode') {
  const response = await fetch(`${api.url}/temporal/codec/${what}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const answer = (await response.json()) as { payloads?: unknown; errors?: { extensions: object }[] };
  return { status: response.status, headers: response.headers, ...answer };
}
const by = (key: string) => ({ authorization: `Bearer ${key}` });

describe('POST /temporal/codec/decode', () => {
  it('opens what was sealed for the own organisation, and leaves everything else as it is', async () => {
    const own = [await sealed(runOf(world), { secret: 1 })];
    own.push(await sealed(temporalHelperId('bulk-rerun', world.tenant.tenantId, randomUUID()), 'two'));
    const foreign = await sealed(runOf(strangers), 'theirs');
    const platform = await sealed('a-workflow-of-the-platform', 'ours');
    const broken = { ...own[0], data: own[0]?.data.replace(/^..../, 'AAAA') };
    const moved = { ...foreign, metadata: { ...foreign.metadata, ...tenantMark(world.tenant.tenantId) } };
    const others = [foreign, platform, broken, moved, asJson(plain('open')), {}];
    const { status, payloads } = await call({ payloads: [...own, ...others] }, by(world.keys.operator));
    expect(status).toBe(200);
    expect(payloads).toEqual([asJson(plain({ secret: 1 })), asJson(plain('two')), ...others]);
  });

  it.each([
    ['nobody', 401, 'key_missing', () => ({})],
    ['a made-up key', 401, 'key_invalid', () => by('lvq_made_up')],
    ['a viewer', 403, 'permission_missing', () => by(world.keys.viewer)],
  ])('refuses %s', async (_, status, reason, headers) => {
    const answer = await call({ payloads: [await sealed(runOf(world), 1)] }, headers());
    expect(answer).toMatchObject({ status, errors: [{ extensions: { reason } }] });
  });

  it.each([
    ['no payloads', {}, 400, 'payloads_invalid'],
    ['payloads of another shape', { payloads: [{ data: 1 }] }, 400, 'payloads_invalid'],
    ['no JSON', '{', 400, 'body_invalid'],
    ['too much', { payloads: [{ data: 'A'.repeat(5 * 1024 * 1024) }] }, 413, 'body_too_large'],
  ])('refuses %s', async (_, body, status, reason) => {
    const answer = await call(body, by(world.keys.owner));
    expect(answer).toMatchObject({ status, errors: [{ extensions: { reason } }] });
  });

  it('may be called by the pages of the configured interface and by no others', async () => {
    const from = async (origin: string) => {
      const asked = await fetch(`${api.url}/temporal/codec/decode`, {
        method: 'OPTIONS',
        headers: { origin },
      });
      const { headers } = await call({ payloads: [] }, { ...by(world.keys.owner), origin });
      return [asked.headers, headers].map((one) => one.get('access-control-allow-origin'));
    };
    expect(await from(UI)).toEqual([UI, UI]);
    expect(await from('http://evil.example')).toEqual([null, null]);
  });

  it('seals nothing', async () => {
    const answer = await call({ payloads: [asJson(plain(1))] }, by(world.keys.owner), 'encode');
    expect(answer).toMatchObject({ status: 403, errors: [{ extensions: { reason: 'codec_decodes_only' } }] });
  });
});

const tenantMark = (tenantId: TenantId) => ({ 'levqor-tenant': base64(bytes(tenantId)) });

describe('run.temporalUrl', () => {
  const QUERY = 'query ($id: ID!) { run(id: $id) { temporalUrl } }';
  const urlFor = async (key: string) => {
    const { data, errors } = await api.graphql({ query: QUERY, variables: { id: world.ids.run } }, key);
    expect(errors).toEqual([]);
    return (data?.['run'] as { temporalUrl: string | null }).temporalUrl;
  };

  it('is for those who may control runs', async () => {
    const { tenantId } = world.tenant;
    const runId = fromGlobalId('Run', world.ids.run, 'id');
    expect(await urlFor(world.keys.operator)).toBe(
      `${UI}/namespaces/my%20namespace/workflows/run%2F${tenantId}%2F${runId}`,
    );
    expect(await urlFor(world.keys.viewer)).toBeNull();
  });

  it('is null where the interface is not set up', async () => {
    const bare = await openTestApi();
    try {
      const { ids, keys } = await makeWorld(bare);
      const { data } = await bare.graphql({ query: QUERY, variables: { id: ids.run } }, keys.owner);
      expect(data).toEqual({ run: { temporalUrl: null } });
    } finally {
      await bare.close();
    }
  });
});
