import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';
import type { CaughtMail } from './caught-mail.ts';
import { mailListPage, mailPage } from './mail-pages.ts';

/** A running mail catcher. */
export interface MailCatcher {
  smtpPort: number;
  url: string;
  stop(): Promise<void>;
}

/**
 * Takes every letter by SMTP, delivers none, and shows them: a page at `/`, JSON at `/messages`, one letter at
 * `/messages/<id>`. Letters are kept in `folder`, one file a Message-ID; a second delivery only counts up.
 */
export async function startMailCatcher(options: {
  smtpPort: number;
  webPort: number;
  folder: string;
}): Promise<MailCatcher> {
  const mails = await readMails(options.folder);
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    size: 30 * 1024 * 1024,
    onData: (stream, _session, done) => {
      keepMail(stream, options.folder, mails).then(
        () => done(),
        (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
      );
    },
  });
  // A client that hangs up in the middle is its own affair.
  smtp.on('error', () => undefined);
  const web = createServer((request, response) => answer(request.url ?? '/', mails, response));
  await new Promise<void>((resolve) => smtp.listen(options.smtpPort, '127.0.0.1', resolve));
  await new Promise<void>((resolve) => web.listen(options.webPort, '127.0.0.1', resolve));
  return {
    smtpPort: options.smtpPort,
    url: `http://127.0.0.1:${options.webPort}`,
    stop: async () => {
      web.closeAllConnections();
      await Promise.all([
        new Promise<void>((resolve) => smtp.close(resolve)),
        new Promise<void>((resolve) => web.close(() => resolve())),
      ]);
    },
  };
}

async function readMails(folder: string): Promise<Map<string, CaughtMail>> {
  const mails = new Map<string, CaughtMail>();
  for (const file of await readdir(folder)) {
    if (!file.endsWith('.json')) continue;
    const mail = JSON.parse(await readFile(join(folder, file), 'utf8')) as CaughtMail;
    mails.set(mail.id, mail);
  }
  return mails;
}

async function keepMail(
  stream: SMTPServerDataStream,
  folder: string,
  mails: Map<string, CaughtMail>,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks);
  const mail = toCaught(await simpleParser(raw), raw);
  mail.deliveries = (mails.get(mail.id)?.deliveries ?? 0) + 1;
  mails.set(mail.id, mail);
  await writeFile(join(folder, `${mail.id}.eml`), raw, { mode: 0o600 });
  await writeFile(join(folder, `${mail.id}.json`), JSON.stringify(mail), { mode: 0o600 });
}

function toCaught(parsed: ParsedMail, raw: Buffer): CaughtMail {
  const to = [parsed.to ?? []].flat().flatMap((list) => list.value.map((one) => one.address ?? ''));
  const messageId = parsed.messageId ?? '';
  return {
    id: createHash('sha256')
      .update(messageId === '' ? raw : messageId)
      .digest('hex')
      .slice(0, 24),
    messageId,
    date: (parsed.date ?? new Date()).toISOString(),
    from: parsed.from?.text ?? '',
    to,
    subject: parsed.subject ?? '',
    text: parsed.text ?? '',
    deliveries: 1,
  };
}

function answer(path: string, mails: Map<string, CaughtMail>, response: ServerResponse): void {
  const newestFirst = [...mails.values()].sort((a, b) => b.date.localeCompare(a.date));
  if (path === '/') return send(response, 'text/html', mailListPage(newestFirst));
  if (path === '/messages') return send(response, 'application/json', JSON.stringify(newestFirst));
  const [, id = ''] = /^\/messages\/([0-9a-f]{24})$/.exec(path) ?? [];
  const mail = mails.get(id);
  if (mail) return send(response, 'text/html', mailPage(mail));
  response.writeHead(404).end('There is no such letter.');
}

function send(response: ServerResponse, type: string, body: string): void {
  response.writeHead(200, {
    'content-type': `${type}; charset=utf-8`,
    // Letters come from anywhere: nothing in them may run or load.
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  });
  response.end(body);
}
