import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import type { CallHeaders } from '../../workflows/webhooks/call-input.ts';
import type { SigningScheme } from '../../workflows/webhooks/model.ts';
import { signatureProblem, standardWebhooksKey } from './verify-signature.ts';

const NOW = 1_700_000_000;
const BODY = Buffer.from('{"id":"evt_1","text":"Zürich"}');
const SECRET = 'a secret of the sender';
const KEY = `whsec_${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`;

const hex = (secret: string, ...parts: (string | Buffer)[]) =>
  parts.reduce((sum, part) => sum.update(part), createHmac('sha256', secret)).digest('hex');
const stripe = (time: number | string, secret = SECRET) => `t=${time},v1=${hex(secret, `${time}.`, BODY)}`;
const github = (secret = SECRET) => `sha256=${hex(secret, BODY)}`;
// From the reference library, which we do not use ourselves for this direction.
const standard = (time = NOW, key = KEY, id = 'msg_1') =>
  new Webhook(key).sign(id, new Date(time * 1_000), BODY.toString());
const signed = (over: Record<string, string | undefined> = {}): CallHeaders => ({
  'webhook-id': 'msg_1',
  'webhook-timestamp': String(NOW),
  'webhook-signature': standard(),
  ...over,
});
const otherKey = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const flipped = (text: string) => text.slice(0, -3) + (text.at(-3) === '0' ? '1' : '0') + text.slice(-2);

const reasonOf = (
  scheme: SigningScheme,
  headers: CallHeaders,
  {
    secret = scheme === 'standard_webhooks' ? KEY : SECRET,
    bytes = BODY,
  }: { secret?: string | null; bytes?: Buffer } = {},
) => signatureProblem(scheme, secret, { headers, bytes, now: NOW * 1_000 })?.reason ?? 'right';

const changedBody = Buffer.from(BODY);
changedBody.writeUInt8(changedBody.readUInt8(5) ^ 1, 5);

const SIGNED: Record<SigningScheme, CallHeaders> = {
  stripe: { 'stripe-signature': stripe(NOW) },
  github: { 'x-hub-signature-256': github() },
  standard_webhooks: signed(),
  hmac_sha256: { 'x-signature': github() },
};

describe.each(Object.keys(SIGNED) as SigningScheme[])('%s', (scheme) => {
  it('takes a call that is signed well', () => {
    expect(reasonOf(scheme, SIGNED[scheme])).toBe('right');
  });

  it.each([
    ['no header', {}, {}, 'signature_missing'],
    ['the headers of all other schemes', othersThan(scheme), {}, 'signature_missing'],
    ['a flipped bit in the body', SIGNED[scheme], { bytes: changedBody }, 'signature_invalid'],
    ['no body', SIGNED[scheme], { bytes: Buffer.alloc(0) }, 'signature_invalid'],
    [
      'a body with one byte more',
      SIGNED[scheme],
      { bytes: Buffer.concat([BODY, Buffer.of(10)]) },
      'signature_invalid',
    ],
    [
      'a rotated secret',
      SIGNED[scheme],
      { secret: scheme === 'standard_webhooks' ? otherKey : 'another secret of theirs' },
      'signature_invalid',
    ],
    ['no secret', SIGNED[scheme], { secret: null }, 'secret_missing'],
    ['an empty secret', SIGNED[scheme], { secret: '' }, 'secret_missing'],
  ])('with %s is refused', (_what, headers, given, reason) => {
    expect(reasonOf(scheme, headers, given)).toBe(reason);
  });

  it('is not fooled by the signature that an empty secret makes', () => {
    const empty: Record<SigningScheme, CallHeaders> = {
      stripe: { 'stripe-signature': stripe(NOW, '') },
      github: { 'x-hub-signature-256': github('') },
      standard_webhooks: signed({
        'webhook-signature': `v1,${createHmac('sha256', '').update(`msg_1.${NOW}.`).update(BODY).digest('base64')}`,
      }),
      hmac_sha256: { 'x-signature': github('') },
    };
    expect(reasonOf(scheme, empty[scheme], { secret: '' })).toBe('secret_missing');
    expect(reasonOf(scheme, empty[scheme])).toBe('signature_invalid');
  });
});

function othersThan(scheme: SigningScheme): CallHeaders {
  const others = Object.entries(SIGNED).filter(([name]) => name !== scheme);
  return Object.assign({}, ...others.map(([, headers]) => headers)) as CallHeaders;
}

describe('stripe', () => {
  it.each([
    ['299 seconds old', stripe(NOW - 299), 'right'],
    ['301 seconds old', stripe(NOW - 301), 'signature_time'],
    ['299 seconds ahead', stripe(NOW + 299), 'right'],
    ['301 seconds ahead', stripe(NOW + 301), 'signature_time'],
    ['the newer of two secrets', `t=${NOW},v1=${'0'.repeat(64)},${stripe(NOW).split(',')[1]}`, 'right'],
    ['the older of two secrets', `${stripe(NOW)},v1=${'f'.repeat(64)}`, 'right'],
    ['another time than was signed', stripe(NOW).replace(String(NOW), String(NOW - 1)), 'signature_invalid'],
    ['a flipped bit', flipped(stripe(NOW)), 'signature_invalid'],
    ['the test scheme only', stripe(NOW).replace('v1=', 'v0='), 'signature_invalid'],
    ['no time', stripe(NOW).split(',')[1], 'signature_invalid'],
    ['a time that is no number', stripe('now'), 'signature_invalid'],
    ['no signature', `t=${NOW}`, 'signature_invalid'],
    ['half a signature', stripe(NOW).slice(0, -32), 'signature_invalid'],
    ['too many signatures', `${stripe(NOW)}${',v1=00'.repeat(16)}`, 'signature_invalid'],
    ['nothing', '', 'signature_missing'],
  ])('with %s: %s', (_what, header, reason) => {
    expect(reasonOf('stripe', { 'stripe-signature': header })).toBe(reason);
  });
});

describe('github and hmac_sha256', () => {
  it.each([
    ['upper-case hex', github().toUpperCase().replace('SHA256', 'sha256'), 'right'],
    ['no prefix', github().slice('sha256='.length), 'signature_invalid'],
    ['sha1', github().replace('sha256=', 'sha1='), 'signature_invalid'],
    ['a flipped bit', flipped(github()), 'signature_invalid'],
    ['a signature that is too long', `${github()}00`, 'signature_invalid'],
    ['only the prefix', 'sha256=', 'signature_invalid'],
  ])('with %s: %s', (_what, header, reason) => {
    expect(reasonOf('github', { 'x-hub-signature-256': header })).toBe(reason);
    expect(reasonOf('hmac_sha256', { 'x-signature': header })).toBe(reason);
  });

  it('knows the example of the GitHub documentation', () => {
    const headers = {
      'x-hub-signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
    };
    const call = { secret: "It's a Secret to Everybody", bytes: Buffer.from('Hello, World!') };
    expect(reasonOf('github', headers, call)).toBe('right');
  });
});

describe('standard_webhooks', () => {
  it.each([
    [
      '299 seconds old',
      { 'webhook-timestamp': String(NOW - 299), 'webhook-signature': standard(NOW - 299) },
      'right',
    ],
    [
      '301 seconds old',
      { 'webhook-timestamp': String(NOW - 301), 'webhook-signature': standard(NOW - 301) },
      'signature_time',
    ],
    [
      '301 seconds ahead',
      { 'webhook-timestamp': String(NOW + 301), 'webhook-signature': standard(NOW + 301) },
      'signature_time',
    ],
    [
      'two signatures, the second right',
      { 'webhook-signature': `${standard(NOW, otherKey)} ${standard()}` },
      'right',
    ],
    [
      'two signatures, both wrong',
      { 'webhook-signature': `${standard(NOW, otherKey)} v1,AAAA` },
      'signature_invalid',
    ],
    ['the other version', { 'webhook-signature': standard().replace('v1,', 'v1a,') }, 'signature_invalid'],
    ['no version', { 'webhook-signature': standard().slice('v1,'.length) }, 'signature_invalid'],
    ['another id', { 'webhook-id': 'msg_2' }, 'signature_invalid'],
    ['no id', { 'webhook-id': undefined }, 'signature_missing'],
    ['no time', { 'webhook-timestamp': undefined }, 'signature_missing'],
    ['no signature', { 'webhook-signature': '' }, 'signature_missing'],
    [
      'a dot in the id',
      { 'webhook-id': 'msg.1', 'webhook-signature': standard(NOW, KEY, 'msg.1') },
      'signature_invalid',
    ],
    ['a time with a fraction', { 'webhook-timestamp': `${NOW}.5` }, 'signature_invalid'],
  ])('with %s: %s', (_what, over, reason) => {
    expect(reasonOf('standard_webhooks', signed(over))).toBe(reason);
  });

  it('takes the key with and without its prefix', () => {
    expect(reasonOf('standard_webhooks', signed(), { secret: KEY.slice('whsec_'.length) })).toBe('right');
  });

  it.each([
    ['whsec_', null],
    ['whsec_c2hvcnQ=', null],
    [`whsec_${'A'.repeat(31)}!`, null],
    [`whsec_${Buffer.alloc(65).toString('base64')}`, null],
    [`whsec_${Buffer.alloc(24, 1).toString('base64')}`, 24],
    [`whsec_${Buffer.alloc(64, 1).toString('base64')}`, 64],
  ])('of the key %s takes %p bytes', (secret, length) => {
    expect(standardWebhooksKey(secret)?.length ?? null).toBe(length);
  });
});
