// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops.database;

import java.sql.SQLException;
import java.util.Locale;

/**
 * Why the database cannot be used, in words for an operator: the cause and what to do. Holds no
 * password, because neither the driver's messages nor ours do.
 */
final class DatabaseFault extends Exception {
  private static final long serialVersionUID = 1L;

  DatabaseFault(String message) {
    super(message);
  }

  /** The message, which is always there. */
  String text() {
    return String.valueOf(getMessage());
  }

  /** A fault for whatever went wrong below, classified by its SQL state when it has one. */
  static DatabaseFault of(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof DatabaseFault fault) {
        return fault;
      }
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return new DatabaseFault(oneLine(sql) + ". " + advice(sql.getSQLState()));
      }
    }
    return new DatabaseFault(oneLine(thrown));
  }

  private static String advice(String state) {
    return switch (state) {
      case "28P01", "28000" -> "Correct the user and password in DATABASE_URL";
      case "3D000" -> "Create that database or correct DATABASE_URL";
      case "3F000" -> "Create that schema or correct DATABASE_URL";
      case "42501" -> "Give the role of DATABASE_URL the right to create tables";
      case "53300" -> "Lower DB_POOL_MAX or raise the database's max_connections";
      case "57P03" -> "The database is starting; nothing to do";
      default ->
          state.startsWith("08")
              ? "Start PostgreSQL there or correct DATABASE_URL"
              : "The SQL state is " + state;
    };
  }

  private static String oneLine(Throwable thrown) {
    String message = thrown.getMessage();
    String text =
        message == null || message.isBlank()
            ? thrown.getClass().getSimpleName().toLowerCase(Locale.ROOT)
            : message;
    String line = text.strip().replaceAll("\\s*[\\r\\n]+\\s*", " ").replaceFirst("^FATAL: ", "");
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }
}
