import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROLES, type Role } from '../workflows/tenancy/model.ts';
import { permissionsOf } from '../workflows/tenancy/permissions.ts';
import type { ErrorBody } from './errors.ts';
import { documentFor } from './testing/documents.ts';
import { KEY_STATES, makeMatrixKeys, type KeyState, type MatrixKeys } from './testing/matrix-keys.ts';
import { clientOf, endSockets, follow } from './testing/sockets.ts';
import { makeWorld, SAMPLES, type Sample, type World } from './testing/world.ts';
import { openTestApi, type TestApi } from './testing/api.ts';

// Every operation × every role × every state of its key. What to expect follows from the permission that the sample
// names and from the one table of grants; nothing is listed by hand.
let api: TestApi;
let world: World;
let keys: MatrixKeys;
beforeAll(async () => {
  api = await openTestApi();
  world = await makeWorld(api);
  keys = await makeMatrixKeys(api, world, await makeWorld(api));
});
afterAll(() => api.close());

/** What became of one try: the errors, and all that the answer said. */
interface Outcome {
  errors: ErrorBody[];
  text: string;
}

/** The refusal to expect; `NOT_FOUND` for things of others; null when the caller may. */
function refusalFor({ needs, names }: Sample, role: Role, state: KeyState): string | null {
  if (needs === 'nobody') return null;
  if (state === 'missing') return 'UNAUTHENTICATED key_missing';
  const roles: Record<string, Role[]> = {
    own: [role],
    'of another organisation': [role],
    // Whoever has another role may still do what a viewer may.
    'whose role was taken away': role === 'viewer' ? [role] : [],
  };
  const counting = roles[state];
  if (!counting) return 'UNAUTHENTICATED key_invalid';
  if (needs !== null && !permissionsOf(counting).has(needs)) return 'FORBIDDEN permission_missing';
  return state === 'of another organisation' && names ? 'NOT_FOUND' : null;
}

function check({ errors, text }: Outcome, sample: Sample, { role, state }: { role: Role; state: KeyState }) {
  const expected = refusalFor(sample, role, state);
  const found = errors.map(({ extensions }) => `${extensions.code} ${extensions.reason}`);
  const seen = { role, state, found };
  if (expected === null) {
    // It may still be refused for what it asks: decided already, the last owner, a role that the caller lacks.
    const never = /^(UNAUTHENTICATED|INTERNAL|INVALID)|permission_missing/;
    expect({ ...seen, found: found.filter((one) => never.test(one)) }).toEqual({ ...seen, found: [] });
  } else if (expected === 'NOT_FOUND') {
    expect(seen).toEqual({ ...seen, found: [expect.stringMatching(/^NOT_FOUND \w+_not_found$/)] });
  } else {
    expect(seen).toEqual({ ...seen, found: [expected] });
    const { needs } = sample;
    if (expected.startsWith('FORBIDDEN'))
      expect(errors[0]?.extensions.details).toEqual({ permission: needs });
  }
  const isMember = state === 'own' || (state === 'whose role was taken away' && expected === null);
  if (!isMember)
    for (const [kind, id] of Object.entries(world.ids))
      expect([kind, text.includes(id)]).toEqual([kind, false]);
}

const cases = (kind: keyof typeof SAMPLES) =>
  Object.entries(SAMPLES[kind]).map(([name, sample]) => [name, sample] as const);
// The own key comes last: what it does may end what the others must not even see.
const states = [...KEY_STATES].reverse();
let tries = 0;

describe.each(['query', 'mutation'] as const)('%s', (kind) => {
  it.each(cases(kind))('%s', async (name, sample) => {
    const query = documentFor(api.app.schema, kind, { name, depth: 2, only: [] });
    for (const state of states)
      await Promise.all(
        ROLES.map(async (role) => {
          const { errors, data } = await api.graphql(
            { query, variables: sample.args(world) },
            keys[state][role],
          );
          check({ errors, text: JSON.stringify(data) }, sample, { role, state });
          tries += 1;
        }),
      );
  });
});

describe('subscription', () => {
  it.each(cases('subscription'))('%s', async (name, sample) => {
    const query = documentFor(api.app.schema, 'subscription', { name, depth: 2, only: [] });
    for (const state of states)
      for (const role of ROLES) {
        check(await subscribe(query, sample, keys[state][role]), sample, { role, state });
        tries += 1;
      }
    endSockets();
  });
});

/** Tries a subscription until it is refused or runs. A socket that is closed for its key counts as refused so. */
async function subscribe(query: string, sample: Sample, key: string | null): Promise<Outcome> {
  const before = api.heard.subscriptions;
  const { client, closed } = clientOf(api, key);
  const { items, outcome, stop, until } = follow(client, query, sample.args(world));
  let refused: string | null = null;
  // After a refused operation the client itself closes the socket, with 1000.
  void closed.then(({ code, reason }) => (refused = code === 1000 ? null : reason));
  // One that names a thing tells first how that stands; the others are silent, but the API listens for them.
  const runs = () => items.length > 0 || (!sample.names && api.heard.subscriptions > before);
  await until(() => refused !== null || outcome.error !== undefined || runs());
  stop();
  const closedFor = refused === null ? [] : [{ extensions: { code: 'UNAUTHENTICATED', reason: refused } }];
  // Refused before it began, or in the first and only answer.
  const given = [outcome.error ?? [], ...items.map((item) => item['errors'] ?? [])].flat() as ErrorBody[];
  const refusals = given.filter((error) => 'extensions' in error);
  await client.dispose();
  return { errors: [...refusals, ...closedFor] as ErrorBody[], text: JSON.stringify(items) };
}

describe('the matrix', () => {
  it('was walked whole', () => {
    const operations = Object.values(SAMPLES).flatMap((samples) => Object.keys(samples)).length;
    console.log(`Access matrix: ${operations} operations, ${tries} tries`);
    expect(tries).toBe(operations * ROLES.length * KEY_STATES.length);
  });
});
