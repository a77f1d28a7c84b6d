/** What came of asking NextAuth: where to go next, or that it did not work. */
export type Asked = { ok: true; url: string } | { ok: false };

/** Sends a form to NextAuth from this page, with the token that keeps other sites from doing so. */
export async function askNextAuth(path: string, fields: Record<string, string>): Promise<Asked> {
  try {
    const token = await fetch('/api/auth/csrf');
    const { csrfToken } = (await token.json()) as { csrfToken: string };
    const response = await fetch(`/api/auth/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ ...fields, csrfToken, json: 'true' }),
    });
    const { url } = (await response.json()) as { url?: string };
    if (!response.ok || url === undefined) return { ok: false };
    return new URL(url, location.href).searchParams.has('error') ? { ok: false } : { ok: true, url };
  } catch {
    return { ok: false };
  }
}
