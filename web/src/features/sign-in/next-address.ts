const ELSEWHERE = /^[/\\]{2}|[\u0000-\u001f\\]/;

/** Where to go after signing in: a path of ours; anything else becomes the start page. */
export function nextAddress(asked: string | undefined, locale: string): string {
  const start = `/${locale}/runs`;
  if (asked === undefined || !asked.startsWith('/') || ELSEWHERE.test(asked)) return start;
  return asked;
}
