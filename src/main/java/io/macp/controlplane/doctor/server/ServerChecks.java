// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.server;

import io.macp.controlplane.doctor.Ailment;
import io.macp.controlplane.doctor.Check;
import java.util.List;
import java.util.stream.Stream;

/** The checks of an installation, by what they look at. */
public final class ServerChecks {
  /** Of the runtime and the way to it. */
  public static final List<Check<RuntimeSight>> RUNTIME =
      List.of(
          new RuntimeUnreachable(),
          new RuntimeSlow(),
          new TransportMismatch(),
          new CertificateRefused(),
          new CertificateExpiry(),
          new BreakerOpen(),
          new CredentialsRefused(),
          new MintFailing(),
          new ClockSkew());

  /** Of the database. */
  public static final List<Check<DatabaseSight>> DATABASE =
      List.of(
          new DatabaseUnreachable(),
          new DatabaseUnsafe(),
          new MigrationPending(),
          new PoolExhausted());

  /** Of what this process does. */
  public static final List<Check<LiveSight>> LIVE =
      List.of(
          new ObservationStopped(),
          new DiscoveryOff(),
          new StreamsCutOff(),
          new RetentionNotRunning());

  /** Of the work that waits. */
  public static final List<Check<StoredSight>> STORED =
      List.of(new ProjectionsOutdated(), new WebhooksFailing(), new WebhooksBehind());

  /** Of the heap. */
  public static final List<Check<MemorySight>> MEMORY = List.of(new MemoryPressure());

  private ServerChecks() {}

  /** What these checks look for. */
  public static List<Ailment> ailments() {
    return Stream.of(RUNTIME, DATABASE, LIVE, STORED, MEMORY)
        .flatMap(List::stream)
        .map(Check::ailment)
        .toList();
  }
}
