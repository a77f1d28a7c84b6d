/**
 * The ways in which a secret may come back: as it is, as JSON writes it (also twice, ASCII-only or with `\/`), in
 * HTML, percent-encoded (also twice), in hexadecimal, and in base64 (both alphabets) alone or in the middle of other bytes.
 */
export function spellingsOf(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  return [
    secret,
    ...jsonSpellings(secret),
    secret.replace(/[&<>"']/g, (char) => HTML[char] ?? char),
    ...percentSpellings(bytes),
    ...base64Spellings(bytes),
    ...(bytes.length >= SHORTEST_INNER ? [bytes.toString('hex'), bytes.toString('hex').toUpperCase()] : []),
  ];
}

/** A shorter secret's inner base64 is so short that it would be found by chance in ordinary base64 data. */
const SHORTEST_INNER = 8;

const HTML: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function jsonSpellings(secret: string): string[] {
  const once = inJson(secret);
  const ascii = once.replace(
    /[^\x00-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const slashed = (text: string) => text.replaceAll('/', '\\/');
  return [once, ascii, slashed(once), slashed(ascii), inJson(once), inJson(ascii)];
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** Characters that stay as they are: in a URL component, by RFC 3986, in a form, in a whole URL. */
const UNESCAPED = [
  /[A-Za-z0-9\-_.!~*'()]/,
  /[A-Za-z0-9\-_.~]/,
  /[A-Za-z0-9\-_.*]/,
  /[A-Za-z0-9\-_.!~*'();/?:@&=+$,#]/,
];

// From bytes, since encodeURIComponent throws on half a surrogate pair.
function percentSpellings(bytes: Buffer): string[] {
  return UNESCAPED.flatMap((kept) => {
    const upper = [...bytes]
      .map((byte) => {
        const char = String.fromCharCode(byte);
        return byte < 128 && kept.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
      })
      .join('');
    const lower = upper.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
    const once = [upper, lower, upper.replaceAll('%20', '+'), lower.replaceAll('%20', '+')];
    // Twice, as in an address inside the query of another.
    return [...once, upper.replaceAll('%', '%25'), lower.replaceAll('%', '%25')];
  });
}

function base64Spellings(bytes: Buffer): string[] {
  const whole = bytes.toString('base64');
  const spellings = [whole, whole.replace(/=+$/, '')];
  if (bytes.length >= SHORTEST_INNER)
    spellings.push(...[0, 1, 2].map((before) => innerBase64(bytes, before)));
  return spellings.flatMap((text) => [text, text.replaceAll('+', '-').replaceAll('/', '_')]);
}

// A character holds 6 bits. Only those made of the secret's own bits alone are the same whatever stands around it.
function innerBase64(bytes: Buffer, before: number): string {
  const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
  return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
}
