// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.datasource;

import io.macp.controlplane.datasource.DatabaseUrl.MalformedUrl;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Which database the process uses: the one that DATABASE_URL names or, when that is unset, the
 * embedded one, whose location is published here once it runs. One per process, because the server
 * creates the data source and the application starts the embedded database. Thread-safe.
 */
public final class DatabaseLocation {
  /** The setting that names an outside database. */
  public static final String SETTING = "DATABASE_URL";

  private static final AtomicReference<@Nullable DatabaseUrl> EMBEDDED = new AtomicReference<>();

  private DatabaseLocation() {}

  /** Makes the embedded database known to new connections. */
  public static void publishEmbedded(DatabaseUrl url) {
    EMBEDDED.set(url);
  }

  /** Forgets the embedded database, which is about to stop. */
  public static void withdrawEmbedded() {
    EMBEDDED.set(null);
  }

  /**
   * The location that DATABASE_URL names; a system property of that name wins over the variable.
   */
  public static Optional<DatabaseUrl> configured() throws MalformedUrl {
    String text = System.getProperty(SETTING);
    if (text == null) {
      text = System.getenv(SETTING);
    }
    return text == null || text.isBlank() ? Optional.empty() : Optional.of(DatabaseUrl.parse(text));
  }

  /** The location to connect to now; empty while the embedded database does not run. */
  public static Optional<DatabaseUrl> current() throws MalformedUrl {
    Optional<DatabaseUrl> configured = configured();
    return configured.isPresent() ? configured : Optional.ofNullable(EMBEDDED.get());
  }
}
