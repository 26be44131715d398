// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime;

import io.grpc.stub.StreamObserver;
import io.macp.v1.MACPRuntimeServiceGrpc.MACPRuntimeServiceStub;
import io.macp.v1.StreamSessionRequest;
import io.macp.v1.StreamSessionResponse;

/**
 * The only place that opens a session stream, and all that it ever says: one subscribe frame (wire
 * contract, section 6.3). The request side stays open, because closing it asks the runtime to stop.
 */
final class PassiveSubscription {
  private PassiveSubscription() {}

  static void open(
      MACPRuntimeServiceStub stub,
      String sessionId,
      long afterSequence,
      StreamObserver<StreamSessionResponse> answers) {
    StreamSessionRequest frame =
        StreamSessionRequest.newBuilder()
            .setSubscribeSessionId(sessionId)
            .setAfterSequence(afterSequence)
            .build();
    stub.streamSession(answers).onNext(frame);
  }
}
