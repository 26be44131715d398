# SPDX-License-Identifier: Apache-2.0
# The control plane on Payara Server, from what `mvn -Ppayara package` leaves under target/. The root of the
# repository is the context: docker build -f packaging/container/payara.Dockerfile .

FROM eclipse-temurin:25.0.3_9-jre-noble
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="MACP Control Plane" \
      org.opencontainers.image.description="Watches, records and explains every session of a Multi-Agent Coordination Protocol runtime; on Payara Server" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.licenses="Apache-2.0 AND EPL-2.0 AND (CDDL-1.1 OR GPL-2.0-only WITH Classpath-exception-2.0)"

# The embedded PostgreSQL asks for the name of its user, so the number has one
RUN groupadd --gid 10001 macp \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /var/lib/macp --shell /usr/sbin/nologin macp \
 && install -d -o 10001 -g 10001 -m 0750 /var/lib/macp

COPY target/payara/payara6 /opt/macp/payara6
COPY --chmod=0444 target/macp-cli.jar target/sbom/bom.json LICENSE /opt/macp/
COPY --chmod=0555 packaging/container/healthcheck /opt/macp/bin/healthcheck

# The start makes a domain of this release in /var/lib/macp, where all is written; the root file system may be
# read-only. Half of the memory is heap; the rest is for code, threads and buffers.
ENV HOST=0.0.0.0 \
    PORT=3001 \
    APP_ENV=production \
    MACP_DATA_DIR=/var/lib/macp/data \
    PAYARA_DOMAIN_DIR=/var/lib/macp/payara-${VERSION} \
    TMPDIR=/var/lib/macp \
    JVM_ARGS="-XX:MaxRAMPercentage=50 -XX:-UsePerfData -Djava.io.tmpdir=/var/lib/macp"
VOLUME /var/lib/macp
WORKDIR /var/lib/macp
USER 10001:10001
EXPOSE 3001
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=6s --start-period=120s --retries=4 CMD ["/opt/macp/bin/healthcheck"]
ENTRYPOINT ["/opt/macp/payara6/bin/macp"]
