import { NextResponse } from 'next/server';
import { webConfig } from '../../../lib/config.ts';
import { ORGANISATION_COOKIE } from '../../../lib/session.ts';

/** Forgets the organisation that was chosen, which its person is no longer a member of, and begins anew. */
export function GET(): NextResponse {
  const response = NextResponse.redirect(`${webConfig().url}/`);
  response.cookies.delete(ORGANISATION_COOKIE);
  return response;
}
