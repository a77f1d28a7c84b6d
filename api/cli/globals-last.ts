const FLAGS = ['--json', '--utc'];
const WITH_WORD = ['--profile'];

/**
 * The same words with the options that every command has behind the command, where commands take them: so that
 * `levqor --profile night runs` is `levqor runs --profile night`.
 */
export function globalsLast(words: string[]): string[] {
  let taken = 0;
  for (let word = words[0]; word !== undefined; word = words[taken])
    if (FLAGS.includes(word) || WITH_WORD.some((one) => word?.startsWith(`${one}=`))) taken += 1;
    else if (WITH_WORD.includes(word)) taken += 2;
    else break;
  const [globals, rest] = [words.slice(0, taken), words.slice(taken)];
  const end = rest.includes('--') ? rest.indexOf('--') : rest.length;
  return [...rest.slice(0, end), ...globals, ...rest.slice(end)];
}
