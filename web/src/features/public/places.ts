/** The public pages by their address behind the language; the start page is ''. */
export const PUBLIC_PATHS = ['', '/product', '/security', '/docs'] as const;
export type PublicPath = (typeof PUBLIC_PATHS)[number];

/** Whether an address, without its language, is a public page. */
export function isPublicPath(path: string): boolean {
  return PUBLIC_PATHS.some((one) => one === path.replace(/\/$/, ''));
}
