// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Reads the status of calls that must fail. */
final class FailedCall {
  private FailedCall() {}

  static Status.Code codeOf(ThrowingCallable call) {
    List<Status.Code> code = new ArrayList<>();
    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(call)
        .satisfies(fault -> code.add(fault.getStatus().getCode()));
    return code.getFirst();
  }
}
