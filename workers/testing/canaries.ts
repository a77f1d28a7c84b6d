import { randomBytes } from 'node:crypto';

/** Secrets that are easy to find again: each has a name and a text that nothing else holds. */
export class Canaries {
  readonly values = new Map<string, string>();

  /** Makes one; `odd` is put in its middle, such as signs that encodings change. */
  make(name: string, odd = ''): string {
    const half = () => randomBytes(9).toString('base64url').replaceAll(/[-_]/g, 'x');
    return this.add(name, `${half()}${odd}${half()}`);
  }

  /** Watches for a secret that exists already. */
  add(name: string, value: string): string {
    this.values.set(name, value);
    return value;
  }

  /** The names and spellings of those that stand in the bytes, whatever encoding they are in. */
  foundIn(bytes: Buffer | string): string[] {
    const text = typeof bytes === 'string' ? bytes : bytes.toString('latin1');
    return [...this.values].flatMap(([name, value]) =>
      Object.entries(spellingsOf(value))
        .filter(([, spelling]) => text.includes(spelling))
        .map(([kind]) => `${name} as ${kind}`),
    );
  }
}

/**
 * How a secret may be written. Written anew, not taken from the scrubber's own list: a spelling that both forgot would
 * never be noticed.
 */
function spellingsOf(value: string): Record<string, string> {
  const bytes = Buffer.from(value, 'utf8');
  const inBase64 = (before: number) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    return text.slice(before === 0 ? 0 : before + 1, -2);
  };
  return {
    utf8: bytes.toString('latin1'),
    text: value,
    'JSON text': JSON.stringify(value).slice(1, -1),
    'percent code': encodeURIComponent(value),
    'form code': new URLSearchParams({ v: value }).toString().slice(2),
    hex: bytes.toString('hex'),
    base64: inBase64(0),
    'base64 after 1 byte': inBase64(1),
    'base64 after 2 bytes': inBase64(2),
    base64url: bytes.toString('base64url').slice(0, -2),
  };
}
