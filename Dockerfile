# Not run by our tests: the image of the one binary that `make build` makes.
#   docker build -t breakeven .
#   docker run --read-only --cap-drop ALL -p 3000:3000 -v breakeven:/data breakeven
FROM rust:1-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends nodejs npm && rm -rf /var/lib/apt/lists/*
COPY --from=node:20-bookworm-slim /usr/local/bin/node /usr/local/bin/node
COPY . /src
WORKDIR /src
RUN make build

FROM debian:bookworm-slim
# The roots for `?sslmode=verify-full` of a PostgreSQL address.
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/*
COPY --from=build /src/target/release/breakeven /usr/local/bin/breakeven
# A volume that is made here belongs to nobody too. It is the one place that is written to.
RUN mkdir /data && chown 65534:65534 /data
# By number, so that an orchestrator sees that it is not root.
USER 65534:65534
VOLUME /data
WORKDIR /data
ENV BREAKEVEN_ADDR=0.0.0.0:3000
EXPOSE 3000
# bash opens the connection: the image has no curl.
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
  CMD ["bash", "-c", "exec 3<> /dev/tcp/127.0.0.1/3000 && printf 'GET /readyz HTTP/1.0\\r\\n\\r\\n' >&3 && read -r line <&3 && [[ $line == *' 200 '* ]]"]
CMD ["breakeven", "serve"]
