const SHOWN = 4;

/** A secret address to look at: the end of its last part is hidden, since whoever knows it may call. */
export function hiddenAddress(url: string): string {
  const at = url.lastIndexOf('/') + 1;
  return `${url.slice(0, at + SHOWN)}…`;
}
