// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log.append;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows of one table on their way to the database by COPY, in its text format: one command takes
 * them all, whatever their number. For one thread and one transaction.
 */
final class CopiedRows {
  private static final String NULL = "\\N";

  private final String command;
  private final StringBuilder text = new StringBuilder(16_384);
  private boolean isRowEmpty = true;

  /** For the columns of a table; both names are constants of the caller. */
  CopiedRows(String table, List<String> columns) {
    this.command = "COPY %s (%s) FROM STDIN".formatted(table, String.join(", ", columns));
  }

  /** The next column of the row, of any type that has a text form without special characters. */
  CopiedRows plain(Object value) {
    separate();
    text.append(value);
    return this;
  }

  /** The next column of the row. */
  CopiedRows text(@Nullable String value) {
    separate();
    if (value == null) {
      text.append(NULL);
    } else {
      escape(value);
    }
    return this;
  }

  /** Ends the row. */
  void end() {
    text.append('\n');
    isRowEmpty = true;
  }

  private void separate() {
    if (!isRowEmpty) {
      text.append('\t');
    }
    isRowEmpty = false;
  }

  private void escape(String value) {
    int from = 0;
    for (int at = 0; at < value.length(); at++) {
      String escaped = escaped(value.charAt(at));
      if (escaped != null) {
        text.append(value, from, at).append(escaped);
        from = at + 1;
      }
    }
    text.append(value, from, value.length());
  }

  private static @Nullable String escaped(char character) {
    return switch (character) {
      case '\\' -> "\\\\";
      case '\t' -> "\\t";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      default -> null;
    };
  }

  /** Sends all rows; on failure the transaction is to be rolled back. */
  void send(Connection connection) throws SQLException {
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(command);
    try {
      copy.writeToCopy(bytes, 0, bytes.length);
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }
}
