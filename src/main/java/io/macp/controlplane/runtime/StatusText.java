// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime;

import io.grpc.Status;
import java.net.ConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The sentence that describes a failed call: the runtime's own text where it gave one, ours where
 * the fault arose on our side, whose texts name classes and addresses.
 */
final class StatusText {
  private static final int MOST_CHARACTERS = 1_000;
  private static final int MOST_CAUSES = 10;

  private StatusText() {}

  static String of(String method, Status status) {
    String text = status.getDescription();
    boolean ours = status.getCause() != null || text == null || text.isBlank();
    if (status.getCode() == Status.Code.DEADLINE_EXCEEDED
        && (text == null || text.contains("CallOptions deadline"))) {
      return "the runtime did not answer " + method + " in time";
    }
    if (status.getCode() == Status.Code.UNAVAILABLE && ours) {
      return "the runtime cannot be reached" + because(status.getCause());
    }
    if (ours || text == null) {
      return method + " failed with " + status.getCode();
    }
    return oneLine(text);
  }

  private static String because(@Nullable Throwable fault) {
    Throwable cause = fault;
    for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
      switch (cause) {
        case ConnectException e -> {
          return ": connection refused or timed out";
        }
        case UnknownHostException e -> {
          return ": unknown host";
        }
        case SSLException e -> {
          return ": TLS handshake failed";
        }
        default -> cause = cause.getCause();
      }
    }
    return "";
  }

  private static String oneLine(String text) {
    String firstLine = text.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", " ");
    return firstLine.substring(0, Math.min(firstLine.length(), MOST_CHARACTERS));
  }
}
