/** The header in which a page finds its own address (path and query), set in `proxy.ts`. */
export const ADDRESS_HEADER = 'x-levqor-address';
