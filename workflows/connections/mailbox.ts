/** The name and address of `a@b.org` or `Name <a@b.org>`, or null when the text is no single address. */
export function parseMailbox(text: string): { name: string; address: string } | null {
  if (/\p{Cc}/u.test(text)) return null;
  const named = /^\s*"?([^"<>]*?)"?\s*<([^<>\s]+)>\s*$/.exec(text);
  const address = named?.[2] ?? text.trim();
  const isAddress = /^[^\s@<>(),;:\\"[\]]{1,64}@[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}.-]*[\p{L}\p{N}])?$/u;
  if (!isAddress.test(address) || address.length > 254) return null;
  return { name: named?.[1] ?? '', address };
}
