// The program of the page /graphiql. It is bundled apart from the pages (workers/local/graphiql-build.ts): in one build
// with them it would move what they share, and each page would weigh more for a tool that only those who build see.
import 'graphiql/style.css';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createClient } from 'graphql-ws';
import { createRoot } from 'react-dom/client';
import { PLACE_ID } from './places.ts';

/** What it opens with: something that every organisation can answer. */
const FIRST_QUERY = `# Asks as the person who is signed in.
# Ctrl+Enter runs it, Ctrl+Space suggests.
{
  workflows(first: 5) {
    edges {
      node {
        id
        name
      }
    }
  }
}
`;

const fetcher = createGraphiQLFetcher({
  url: '/graphql',
  wsClient: createClient({ url: `${location.origin.replace(/^http/, 'ws')}/graphql` }),
});
const place = document.getElementById(PLACE_ID);
const theme = document.documentElement.dataset['theme'];
if (place)
  createRoot(place).render(
    <GraphiQL
      fetcher={fetcher}
      defaultQuery={FIRST_QUERY}
      {...(theme === 'dark' || theme === 'light' ? { forcedTheme: theme } : {})}
    />,
  );
