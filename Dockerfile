# One image for the API, the worker and the web app; docker-compose.yml says which of them a container is.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
# Generating needs no engine, and any program stands in for it; see bootstrap.mjs.
RUN node bootstrap.mjs generate \
 && mkdir -p dist && node --import ./ts-hook.mjs workers/bundle.ts dist/workflows.js
# The pages know no address and no secret: the web app reads its settings when it starts.
RUN cd web && NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 node ../node_modules/next/dist/bin/next build \
 && rm -rf .next/cache && cd .. \
 && npm prune --omit=dev --no-audit --no-fund

FROM node:24-slim
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 LEVQOR_WORKFLOW_BUNDLE=/app/dist/workflows.js
WORKDIR /app
COPY --from=build --chown=node:node /app ./
USER node
CMD ["node", "--import", "./ts-hook.mjs", "api/main.ts"]
