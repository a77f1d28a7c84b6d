/** The mail with the link to sign in. */
export function signInLetter({ url, minutes }: { url: string; minutes: number }): {
  subject: string;
  text: string;
} {
  return {
    subject: 'Your link to sign in to Levqor',
    text: [
      'Open this link and press "Sign in" on its page:',
      '',
      url,
      '',
      `It works once, for ${minutes} minutes, and only for this address.`,
      'If you did not ask for it, you need do nothing: without the link nobody can sign in as you.',
      '',
    ].join('\n'),
  };
}
