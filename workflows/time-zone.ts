/** True for the IANA name of a time zone, written in its own capitals as Temporal needs it. */
export function isTimeZone(name: string): boolean {
  // The runtime also takes offsets such as +01:00, which schedules do not.
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(name)) return false;
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    // An alias is resolved to another name; the same name in other capitals would be unknown to Temporal.
    return timeZone === name || timeZone.toLowerCase() !== name.toLowerCase();
  } catch {
    return false;
  }
}
