import { once } from 'node:events';
import { createServer } from 'node:http';
import next from 'next';
import { webConfig } from './src/lib/config.ts';
import { forwardRequest, forwardUpgrade } from './src/server/forward-graphql.ts';
import { isGraphql } from './src/server/graphql-path.ts';
import { CLIENT_HEADER, clientNetwork } from './src/server/client-network.ts';
import { SECURITY_HEADERS, STRICT_TRANSPORT } from './src/server/security-headers.ts';

/** Starts the web app of this process and ends it on SIGINT and SIGTERM. */
async function main(): Promise<void> {
  const config = webConfig();
  // Next takes over the upgrades of the server that it is given, and those for the API are ours: it gets one that nobody calls.
  const httpServer = createServer();
  const { host: hostname, port } = config;
  const app = next({ dev: false, dir: import.meta.dirname, hostname, port, httpServer });
  await app.prepare();
  const page = app.getRequestHandler();

  const server = createServer((request, response) => {
    for (const [name, value] of SECURITY_HEADERS) response.setHeader(name, value);
    if (config.isSecure) response.setHeader(...STRICT_TRANSPORT);
    if (request.url === '/healthz') {
      response.end('ok');
      return;
    }
    if (isGraphql(request.url)) {
      void forwardRequest(request, response);
      return;
    }
    // Nobody but this line may say from which network a request comes.
    request.headers[CLIENT_HEADER] = clientNetwork(request, config.trustedProxies);
    void page(request, response);
  });
  server.on('upgrade', (request, socket, head) => {
    if (isGraphql(request.url)) void forwardUpgrade(request, socket, head);
    else socket.destroy();
  });
  // It throws what the server says when it cannot listen, such as a port that is taken.
  await once(server.listen(config.port, config.host), 'listening');

  const stop = (): void => {
    server.closeAllConnections();
    server.close(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
