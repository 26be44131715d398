// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded;

import io.macp.controlplane.embedded.message.Rejection;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which session ids are unguessable enough to be accepted (section 2.2). */
final class SessionIds {
  private static final Pattern UUID_SHAPE =
      Pattern.compile("\\p{XDigit}{8}-(\\p{XDigit}{4}-){3}\\p{XDigit}{12}");
  private static final Pattern UUID_4_OR_7 =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  // The upper bound keeps ids within what a database index takes.
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{22,256}");

  private SessionIds() {}

  static Optional<Rejection> refuse(String id) {
    boolean good =
        UUID_SHAPE.matcher(id).matches()
            ? UUID_4_OR_7.matcher(id).matches()
            : TOKEN.matcher(id).matches();
    return good
        ? Optional.empty()
        : Optional.of(
            Rejection.of(
                Rejection.Code.INVALID_SESSION_ID,
                "session_id must be a lower-case UUID of version 4 or 7, or 22 to 256 characters"
                    + " of A-Z a-z 0-9 _ -"));
  }
}
