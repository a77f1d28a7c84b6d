/** Whether a request is for the API, which shares this address with the pages. */
export function isGraphql(url: string | undefined): boolean {
  return (url ?? '').split('?')[0] === '/graphql';
}
