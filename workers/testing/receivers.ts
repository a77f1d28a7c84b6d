import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerOptions } from 'smtp-server';

/** A request that arrived. `headers` are as Node gives them, names in lower case. */
export interface Received {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** What to answer; 200 without a body when left out. */
export interface Answer {
  status?: number;
  headers?: Record<string, string | string[]>;
  body?: string | Buffer;
}

/** An HTTP server that keeps what it receives. */
export interface HttpReceiver {
  port: number;
  url: string;
  requests: Received[];
  stop(): Promise<void>;
}

/** Starts the server on a free port of this machine. */
export async function startHttpReceiver(
  answer: (request: Received) => Answer | Promise<Answer> = () => ({}),
): Promise<HttpReceiver> {
  const requests: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const received = { method, path, headers, body: Buffer.concat(chunks).toString('utf8') };
      requests.push(received);
      void Promise.resolve(answer(received)).then(({ status = 200, headers: given = {}, body = '' }) => {
        response.writeHead(status, { 'content-type': 'application/json', ...given }).end(body);
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    requests,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** A letter that arrived. */
export interface Letter {
  messageId: string;
  to: string;
  subject: string;
}

/** An SMTP server that keeps what it receives and delivers nothing. */
export interface MailReceiver {
  port: number;
  letters: Letter[];
  stop(): Promise<void>;
}

/**
 * Starts the server on a free port of this machine. `before` is waited for after a letter has arrived and before that
 * is confirmed: what it throws is the refusal that the client hears.
 */
export async function startMailReceiver(
  options: Pick<SMTPServerOptions, 'onAuth'> & { before?: (letter: Letter) => Promise<void> } = {},
): Promise<MailReceiver> {
  const { before, ...auth } = options;
  const letters: Letter[] = [];
  const keep = async (stream: SMTPServerDataStream) => {
    const { messageId = '', to, subject = '' } = await simpleParser(stream);
    const letter = {
      messageId,
      to: [to ?? []]
        .flat()
        .map((list) => list.text)
        .join(),
      subject,
    };
    letters.push(letter);
    await before?.(letter);
  };
  const server = new SMTPServer({
    ...auth,
    authOptional: auth.onAuth === undefined,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => void keep(stream).then(() => done(), done),
  });
  // A client that was killed hangs up in the middle.
  server.on('error', () => undefined);
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const { port } = listening.address() as AddressInfo;
  return { port, letters, stop: () => new Promise((resolve) => server.close(resolve)) };
}
