# SPDX-License-Identifier: Apache-2.0
# The control plane on Open Liberty, from what `mvn package` leaves under target/. The root of the
# repository is the context: docker build -f packaging/container/liberty.Dockerfile .

# The server without the features that nothing here uses, a quarter of its size. The ports are those of
# nothing: they keep what they switch on (docs/servers.md).
FROM eclipse-temurin:25.0.3_9-jdk-noble AS server
COPY target/liberty/wlp /build/wlp
RUN HTTPS_PORT=1 ADMIN_PORT=1 /build/wlp/bin/server package macp --include=minify --archive=/build/server.jar \
 && mkdir /image \
 && cd /image \
 && jar xf /build/server.jar \
 && rm -r META-INF wlp/usr/servers/macp/bootstrap.properties wlp/usr/servers/macp/workarea \
 && chmod -R u=rwX,go=rX /image \
 && chmod 0755 wlp/bin/server \
 && cp /build/wlp/LICENSE /build/wlp/NOTICES wlp/

FROM eclipse-temurin:25.0.3_9-jre-noble
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="MACP Control Plane" \
      org.opencontainers.image.description="Watches, records and explains every session of a Multi-Agent Coordination Protocol runtime; on Open Liberty" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.licenses="Apache-2.0 AND EPL-2.0"

# The embedded PostgreSQL asks for the name of its user, so the number has one
RUN groupadd --gid 10001 macp \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /var/lib/macp --shell /usr/sbin/nologin macp \
 && install -d -o 10001 -g 10001 -m 0750 /var/lib/macp

COPY --from=server /image /opt/macp
COPY --chmod=0444 target/macp-cli.jar target/sbom/bom.json LICENSE /opt/macp/
COPY --chmod=0555 packaging/container/healthcheck /opt/macp/bin/healthcheck

# All that is written lies in /var/lib/macp, the root file system may be read-only. Half of the memory
# is heap; the rest is for code, threads and buffers.
ENV HOST=0.0.0.0 \
    PORT=3001 \
    APP_ENV=production \
    MACP_DATA_DIR=/var/lib/macp/data \
    WLP_OUTPUT_DIR=/var/lib/macp/server \
    JVM_ARGS="-XX:MaxRAMPercentage=50 -XX:-UsePerfData -Djava.io.tmpdir=/var/lib/macp"
VOLUME /var/lib/macp
WORKDIR /var/lib/macp
USER 10001:10001
EXPOSE 3001
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=6s --start-period=120s --retries=4 CMD ["/opt/macp/bin/healthcheck"]
ENTRYPOINT ["/opt/macp/wlp/bin/server", "run", "macp"]
