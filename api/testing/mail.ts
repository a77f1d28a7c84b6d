import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail server that keeps what it receives. */
export interface TestMail {
  port: number;
  /** The next mail to this address that was not given yet, as it came; waits for one. */
  next(address: string): Promise<string>;
  /** How many mails came to this address. */
  received(address: string): number;
  close(): Promise<void>;
}

/** Starts one on a free port. */
export async function startTestMail(): Promise<TestMail> {
  const mails: { to: string; text: string; given: boolean }[] = [];
  const waiting: (() => void)[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const text = Buffer.concat(parts).toString('utf8').replace(/=\r\n/g, '').replace(/=3D/g, '=');
        for (const { address } of session.envelope.rcptTo)
          mails.push({ to: address.toLowerCase(), text, given: false });
        done();
        waiting.splice(0).forEach((wake) => wake());
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const next = async (given: string): Promise<string> => {
    const address = given.normalize('NFKC').toLowerCase();
    for (;;) {
      const found = mails.find((mail) => mail.to === address && !mail.given);
      if (found) {
        found.given = true;
        return found.text;
      }
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  };
  return {
    port: (server.server.address() as AddressInfo).port,
    next,
    received: (address) => mails.filter(({ to }) => to === address).length,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
