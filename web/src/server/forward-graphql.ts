import { request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { accessToken } from '../lib/access-token.ts';
import { webConfig } from '../lib/config.ts';
import { readCookie } from './read-cookie.ts';
import { readSession } from '../lib/session.ts';

const MINUTE = 60_000;
/** Headers that concern one connection only, and those that must not reach the API. */
const NOT_FORWARDED = ['cookie', 'host', 'connection', 'keep-alive', 'transfer-encoding', 'upgrade'];

/** Hands a GraphQL request on to the API and its answer back. A signed-in browser is given its token here. */
export async function forwardRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { apiUrl } = webConfig();
  const headers = { ...plainHeaders(request), ...(await signedIn(request)) };
  const away = (): void => {
    if (response.headersSent) return void response.destroy();
    response.writeHead(502, { 'content-type': 'application/json' });
    response.end(AWAY);
  };
  const onward = ask(apiUrl + (request.url ?? ''), { method: request.method, headers, timeout: MINUTE });
  onward.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('timeout', () => onward.destroy());
  onward.on('error', away);
  response.on('close', () => onward.destroy());
  request.pipe(onward);
}

const AWAY = JSON.stringify({
  errors: [
    {
      message: 'The API does not answer. Please try again in a moment.',
      extensions: { code: 'INTERNAL', reason: 'api_away' },
    },
  ],
});

/**
 * Connects a browser's socket with the API's. Only pages of this address may open one: browsers send cookies along
 * from everywhere, and say in Origin where from.
 */
export async function forwardUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
  const { origin, authorization } = request.headers;
  socket.on('error', () => socket.destroy());
  if (origin !== undefined && origin !== webConfig().url) return refuse(socket, '403 Forbidden');
  if (origin === undefined && authorization === undefined) return refuse(socket, '403 Forbidden');
  const headers = {
    ...plainHeaders(request),
    ...(await signedIn(request)),
    ...{ connection: 'Upgrade', upgrade: 'websocket' },
  };
  const onward = ask(webConfig().apiUrl + (request.url ?? ''), { headers });
  onward.on('error', () => refuse(socket, '502 Bad Gateway'));
  onward.on('response', () => refuse(socket, '502 Bad Gateway'));
  onward.on('upgrade', (answer, upstream, first) => {
    socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines(answer)}\r\n\r\n`);
    if (first.length > 0) socket.write(first);
    if (head.length > 0) upstream.write(head);
    upstream.on('error', () => socket.destroy());
    socket.on('close', () => upstream.destroy());
    upstream.on('close', () => socket.destroy());
    upstream.pipe(socket).pipe(upstream);
  });
  onward.end();
}

function lines({ rawHeaders }: IncomingMessage): string {
  const pairs: string[] = [];
  for (let i = 0; i < rawHeaders.length; i += 2) pairs.push(rawHeaders.slice(i, i + 2).join(': '));
  return pairs.join('\r\n');
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function plainHeaders({ headers }: IncomingMessage): Record<string, string | string[]> {
  const kept = Object.entries(headers).filter(([name]) => !NOT_FORWARDED.includes(name));
  return Object.fromEntries(kept.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** The token of a signed-in browser's page. A program brings a key of its own, and needs no cookie. */
async function signedIn(request: IncomingMessage): Promise<{ authorization?: string }> {
  const { origin, authorization, cookie } = request.headers;
  if (authorization !== undefined || origin !== webConfig().url) return {};
  const session = await readSession((name) => readCookie(cookie, name));
  return session === null ? {} : { authorization: `Bearer ${await accessToken(session)}` };
}
