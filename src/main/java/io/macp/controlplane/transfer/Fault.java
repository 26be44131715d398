// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.transfer;

import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.http.BodyFields;
import java.util.List;
import java.util.function.Function;

/** What is wrong with a bundle, said with the place where it is wrong. */
final class Fault {
  private Fault() {}

  static Problem.ProblemException at(String where, String message) {
    return Problem.invalid(List.of(where + ": " + message)).asException();
  }

  static Problem.ProblemException tooLarge(String message) {
    return Problem.of(ErrorCode.PAYLOAD_TOO_LARGE, message).asException();
  }

  /** Reads fields; what is wrong with them is told with the place. Other fields are ignored. */
  static <T> T read(String where, Object tree, Function<BodyFields, T> reading) {
    BodyFields fields = BodyFields.of(tree);
    T value = reading.apply(fields);
    try {
      fields.checkRead();
    } catch (Problem.ProblemException e) {
      throw Problem.invalid(
              e.problem().fieldErrors().stream().map(message -> where + ": " + message).toList())
          .asException();
    }
    return value;
  }
}
