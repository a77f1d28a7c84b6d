/** One page of a list, as the API gives it. */
export interface Page<Item> {
  edges: readonly { node: Item }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** What was read of a list. */
export interface Items<Item> {
  items: Item[];
  /** True when the list goes on behind them. */
  hasMore: boolean;
}

const LARGEST_PAGE = 100;

/** Reads the first `limit` items of a list (Infinity for all), page by page; large items want small pages. */
export async function readPages<Item>(
  read: (page: { first: number; after: string | null }) => Promise<Page<Item>>,
  limit: number,
  pageSize = LARGEST_PAGE,
): Promise<Items<Item>> {
  const items: Item[] = [];
  let after: string | null = null;
  for (;;) {
    const page: Page<Item> = await read({ first: Math.min(pageSize, limit - items.length), after });
    items.push(...page.edges.map(({ node }) => node));
    after = page.pageInfo.endCursor;
    if (!page.pageInfo.hasNextPage) return { items, hasMore: false };
    if (items.length >= limit) return { items, hasMore: true };
  }
}
