// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops;

import io.macp.controlplane.ops.ReadinessPart.Finding;
import io.macp.controlplane.ops.database.DatabaseGate;
import io.macp.controlplane.platform.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Startup;

/** The platform's three health endpoints, for orchestrators that read the status code. */
@ApplicationScoped
class HealthChecks {
  private static final String PROCESS = "process";

  /** A server without a database is alive: restarting it would not bring the database back. */
  @Produces
  @Liveness
  HealthCheck live() {
    return () -> HealthCheckResponse.up(PROCESS);
  }

  @Produces
  @Startup
  HealthCheck started() {
    return () -> HealthCheckResponse.up(PROCESS);
  }

  @Produces
  @org.eclipse.microprofile.health.Readiness
  HealthCheck ready(Readiness readiness, DatabaseGate database) {
    return () -> {
      Readiness.Report report = readiness.report();
      HealthCheckResponseBuilder answer = HealthCheckResponse.named("parts").status(report.ok());
      report.findings().forEach((name, finding) -> answer.withData(name, text(finding)));
      database.cause().ifPresent(cause -> answer.withData("databaseCause", cause));
      return answer.build();
    };
  }

  private static String text(Finding finding) {
    return finding.shown() instanceof String text ? text : Json.write(finding.shown());
  }
}
