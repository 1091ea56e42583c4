# Not run by our tests: the image of the one binary that `make build` makes.
#   docker build -t breakeven . && docker run -p 3000:3000 -v breakeven:/data breakeven
FROM rust:1-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends nodejs npm && rm -rf /var/lib/apt/lists/*
COPY --from=node:20-bookworm-slim /usr/local/bin/node /usr/local/bin/node
COPY . /src
WORKDIR /src
RUN make build

FROM debian:bookworm-slim
COPY --from=build /src/target/release/breakeven /usr/local/bin/breakeven
RUN mkdir /data && chown nobody /data
USER nobody
WORKDIR /data
ENV BREAKEVEN_ADDR=0.0.0.0:3000
EXPOSE 3000
CMD ["breakeven", "serve"]
