// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.macp.controlplane.demo.script.Cue;
import io.macp.v1.Envelope;
import io.macp.v1.MACPError;
import io.macp.v1.StreamSessionResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AttentionTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final Attention attention = new Attention();

  @Test
  void goesOnAsSoonAsEnoughWasSeen() {
    Thread stream = Thread.startVirtualThread(() -> see("Vote", "Evaluation", "Vote"));

    assertThat(attention.await(Cue.seen("Vote", 2), LONG)).isTrue();
    assertThat(stream).isNotNull();
  }

  @Test
  void givesUpAfterTheTime() {
    see("Vote");

    assertThat(attention.await(Cue.seen("Vote", 2), Duration.ofMillis(5))).isFalse();
  }

  @Test
  void leavesWhenDismissed() {
    Thread other = Thread.startVirtualThread(attention::dismiss);

    assertThatThrownBy(() -> attention.pause(LONG)).isInstanceOf(Dismissed.class);
    assertThatThrownBy(() -> attention.await(Cue.NONE, LONG)).isInstanceOf(Dismissed.class);
    assertThat(other).isNotNull();
  }

  @Test
  void failsWhenTheStreamBreaksBeforeTheCue() {
    attention.onError(Status.UNAVAILABLE.asRuntimeException());

    assertThatThrownBy(() -> attention.await(Cue.seen("Vote", 1), LONG))
        .isInstanceOf(AgentFailed.class)
        .hasMessage("its stream broke: UNAVAILABLE");
  }

  @Test
  void needsNoStreamForWhatWasSeenAlready() {
    see("Vote");
    attention.onCompleted();

    assertThat(attention.await(Cue.seen("Vote", 1), LONG)).isTrue();
  }

  @Test
  void failsOnErrorInsideTheStream() {
    attention.onNext(
        StreamSessionResponse.newBuilder()
            .setError(MACPError.newBuilder().setCode("FORBIDDEN").setMessage("not yours"))
            .build());

    assertThatThrownBy(() -> attention.await(Cue.seen("Vote", 1), LONG))
        .hasMessage("its stream broke: FORBIDDEN not yours");
  }

  private void see(String... messageTypes) {
    for (String type : messageTypes) {
      attention.onNext(
          StreamSessionResponse.newBuilder()
              .setEnvelope(Envelope.newBuilder().setMessageType(type))
              .build());
    }
  }
}
