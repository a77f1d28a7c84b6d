export { authenticateSession, type SessionClaims, type SignedIn } from './authenticate-session.ts';
export { endSessions } from './end-sessions.ts';
export { listSessions, type SessionView } from './list-sessions.ts';
export { mailLink, type LinkRequest, type PlatformMail } from './mail-link.ts';
export { openDemoSession, redeemLink, type OpenedSession } from './open-session.ts';
export { platformMail } from './platform-mail.ts';
