// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.datasource;

import java.util.Optional;

/**
 * Where the database is and who connects to it. Its text never shows the password, nor any other
 * parameter of the URL.
 *
 * @param jdbcUrl the driver's form, without user and password, with every other parameter
 * @param user role to connect as; empty lets the driver choose
 * @param password secret of the role; empty when the server asks for none
 */
public record DatabaseUrl(String jdbcUrl, Optional<String> user, Optional<String> password) {

  /**
   * Reads {@code postgres://user:password@host:port/database?parameters} (also {@code
   * postgresql://}; parts may be percent-encoded) or the JDBC form of the same.
   *
   * @throws MalformedUrl when the text is neither; the message names the setting and the problem
   */
  public static DatabaseUrl parse(String text) throws MalformedUrl {
    String trimmed = text.trim();
    return trimmed.startsWith(JdbcForm.PREFIX)
        ? JdbcForm.parse(trimmed)
        : PostgresForm.parse(trimmed);
  }

  /** A copy with a secret, for a location that was made rather than configured. */
  public DatabaseUrl withLogin(String role, String secret) {
    return new DatabaseUrl(jdbcUrl, Optional.of(role), Optional.of(secret));
  }

  /** Role, host, port and database, fit for a log. */
  @Override
  public String toString() {
    int query = jdbcUrl.indexOf('?');
    String place = query < 0 ? jdbcUrl : jdbcUrl.substring(0, query);
    String shown = place.substring(JdbcForm.PREFIX.length());
    if (!shown.startsWith("//")) {
      return "postgres:" + shown;
    }
    return "postgres://" + user.map(role -> role + "@").orElse("") + shown.substring(2);
  }

  /** DATABASE_URL cannot be understood. The message never quotes the URL, which holds a secret. */
  public static final class MalformedUrl extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedUrl(String problem) {
      super("DATABASE_URL " + problem + ". " + EXPECTED);
    }

    private static final String EXPECTED =
        "Expected postgres://user:password@host:5432/database or"
            + " jdbc:postgresql://host:5432/database?user=...&password=...";
  }
}
