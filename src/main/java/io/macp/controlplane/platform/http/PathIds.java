// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.http;

import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Reads identifiers out of paths (control-plane contract, section 1.6). */
public final class PathIds {
  private static final Pattern CANONICAL =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private PathIds() {}

  /**
   * The UUID that the text spells in its 36 character form.
   *
   * @throws Problem.ProblemException with status 400 for any other text
   */
  public static UUID uuid(String text) {
    return find(text)
        .orElseThrow(
            () ->
                Problem.of(ErrorCode.VALIDATION_ERROR, "Validation failed (uuid is expected)")
                    .asException());
  }

  /** Unlike {@link UUID#fromString}, takes no short forms such as {@code 1-1-1-1-1}. */
  static Optional<UUID> find(String text) {
    return CANONICAL.matcher(text).matches()
        ? Optional.of(UUID.fromString(text))
        : Optional.empty();
  }
}
