# The web apps, with the tools that the server does not need.
FROM node:24-slim AS web
WORKDIR /sesam
COPY package.json package-lock.json .npmrc tsconfig.json ./
RUN npm ci --ignore-scripts
COPY contract contract
COPY locales locales
COPY web web
RUN node web/build.ts

FROM node:24-slim
WORKDIR /sesam
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional
COPY contract contract
COPY locales locales
COPY server server
COPY --from=web /sesam/dist dist
RUN install -d -o node -g node -m 700 /data
USER node
ENV DATA_DIR=/data NODE_ENV=production
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s CMD ["node", "-e", "fetch(`http://localhost:${process.env.PORT ?? 3000}/health/ready`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=4", "server/main.ts", "serve"]
