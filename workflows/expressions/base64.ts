// jsonata encodes with Buffer, which the workflow sandbox does not have. These two give what Buffer gives.
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 of the low byte of each character. */
export function base64Encode(text: string): string {
  let out = '';
  for (let at = 0; at < text.length; at += 3) {
    const left = text.length - at;
    const bits = (byteAt(text, at) << 16) | (byteAt(text, at + 1) << 8) | byteAt(text, at + 2);
    out += digit(bits >> 18) + digit(bits >> 12);
    out += (left > 1 ? digit(bits >> 6) : '=') + (left > 2 ? digit(bits) : '=');
  }
  return out;
}

/** One character a byte. The URL alphabet is read too; other characters are passed over, `=` ends. */
export function base64Decode(text: string): string {
  let out = '';
  let bits = 0;
  let count = 0;
  for (const char of text.replaceAll('-', '+').replaceAll('_', '/')) {
    if (char === '=') break;
    const value = ALPHABET.indexOf(char);
    if (value < 0) continue;
    bits = ((bits << 6) | value) & 0xffffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out += String.fromCharCode((bits >> count) & 0xff);
  }
  return out;
}

function byteAt(text: string, at: number): number {
  return at < text.length ? text.charCodeAt(at) & 0xff : 0;
}

function digit(bits: number): string {
  return ALPHABET.charAt(bits & 63);
}
