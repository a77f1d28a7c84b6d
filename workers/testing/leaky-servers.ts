import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { Answer, Received } from './receivers.ts';

/** Servers that give back what they were trusted with. */

/** Stands in every answer of {@link echoSecrets}, and is no secret. */
export const MARKER = 'this-is-no-secret';

/** An HTTP answer that repeats the credentials of the request, in the manner that the path asks for. */
export function echoSecrets({ path, headers }: Received): Answer {
  const known = ['host', 'connection', 'user-agent', 'accept', 'accept-encoding'];
  const texts = Object.entries(headers)
    .filter(([name]) => !known.includes(name))
    .flatMap(([, value]) => credentialsIn(String(value)));
  const many = texts.flatMap((text) => [text, Buffer.from(text).toString('hex'), ...encoded(text)]);
  const json = JSON.stringify({ marker: MARKER, many, [texts[0] ?? 'none']: 'as a key' });
  switch (path.split('?')[0]) {
    case '/fail':
      return { status: 500, body: json, headers: { 'www-authenticate': `Custom ${inHeader(texts)}` } };
    case '/html':
      return { headers: { 'content-type': 'text/html' }, body: many.map(asHtml).join('<br>') };
    case '/bytes':
      return { headers: { 'content-type': 'image/png' }, body: Buffer.from(`\0\x01${texts.join('\0')}`) };
    case '/nested':
      return { body: JSON.stringify({ inner: json, twice: JSON.stringify(json) }) };
    case '/cookie':
      return { headers: { 'set-cookie': [`s=${inHeader(texts)}`], 'x-echo': inHeader(texts) }, body: json };
    case '/move':
      return { status: 302, headers: { location: `/json?token=${encodeURIComponent(texts.join())}` } };
    case '/large':
      return { body: JSON.stringify({ marker: MARKER, filler: 'x'.repeat(100_000), many }) };
    default:
      return { body: json };
  }
}

// A header value, the part behind its scheme, and user and password of the Basic scheme.
function credentialsIn(value: string): string[] {
  const [scheme = '', rest = ''] = value.split(/ (.*)/s);
  if (scheme !== 'Basic') return [value, rest].filter((text) => text !== '');
  const pair = Buffer.from(rest, 'base64').toString('utf8');
  return [rest, pair, ...pair.split(/:(.*)/s).filter((text) => text !== '')];
}

function encoded(text: string): string[] {
  const around = (before: string) => Buffer.from(`${before}${text}!`).toString('base64');
  return [
    Buffer.from(text).toString('base64'),
    Buffer.from(text).toString('base64url'),
    around('a'),
    around('ab'),
    encodeURIComponent(text),
    new URLSearchParams({ q: text }).toString(),
    `postgresql://app:${encodeURIComponent(text)}@db.example.com/app`,
  ];
}

const asHtml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const inHeader = (texts: string[]) => texts.map((text) => encodeURIComponent(text)).join(' ');

/**
 * A server that speaks just enough of PostgreSQL's protocol to ask for the password in clear and to repeat it in its
 * error.
 */
export async function startTellTalePostgres(): Promise<{
  port: number;
  heard: string[];
  stop(): Promise<void>;
}> {
  const heard: string[] = [];
  const message = (type: string, body: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeInt32BE(body.length + 4);
    return Buffer.concat([Buffer.from(type), length, body]);
  };
  const serve = (socket: Socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      socket.write(message('R', Buffer.from([0, 0, 0, 3])));
      socket.once('data', (answer) => {
        const password = answer.subarray(5, -1).toString('utf8');
        heard.push(password);
        const fields = ['SFATAL', 'VFATAL', 'C28P01', `Mno entry for "${password}"`, `D${password}`, ''];
        socket.end(message('E', Buffer.from(fields.map((field) => `${field}\0`).join(''))));
      });
    });
  };
  const server = createServer(serve).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { port, heard, stop: () => new Promise((resolve) => server.close(() => resolve())) };
}
