// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.http;

import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Reads identifiers out of paths (control-plane contract, section 1.6). */
public final class PathIds {
  private static final Pattern CANONICAL =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private PathIds() {}

  /**
   * The UUID that the path parameter {@code id} spells in its 36 character form.
   *
   * @throws Problem.ProblemException with status 400 for any other text
   */
  public static UUID uuid(String text) {
    return uuid("id", text);
  }

  /**
   * The UUID that a path parameter spells in its 36 character form. The words of the refusal are
   * those of the contract; its metadata names the parameter.
   *
   * @throws Problem.ProblemException with status 400 for any other text
   */
  public static UUID uuid(String parameter, String text) {
    return find(text)
        .orElseThrow(
            () ->
                Problem.of(ErrorCode.VALIDATION_ERROR, "Validation failed (uuid is expected)")
                    .with("parameter", parameter)
                    .asException());
  }

  /**
   * A path parameter that is any text which a database can hold, of at most so many characters.
   *
   * @throws Problem.ProblemException with status 400 for other text
   */
  public static String text(String parameter, String text, int maxLength) {
    if (!Unicode.storable(text)) {
      throw Problem.invalid(List.of(parameter + " " + Unicode.EXPECTATION)).asException();
    }
    if (text.length() > maxLength) {
      throw Problem.invalid(
              List.of(parameter + " must be shorter than or equal to " + maxLength + " characters"))
          .asException();
    }
    return text;
  }

  /** Unlike {@link UUID#fromString}, takes no short forms such as {@code 1-1-1-1-1}. */
  static Optional<UUID> find(String text) {
    return CANONICAL.matcher(text).matches()
        ? Optional.of(UUID.fromString(text))
        : Optional.empty();
  }
}
