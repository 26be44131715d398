// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import io.macp.controlplane.platform.work.Background;
import io.macp.controlplane.runtime.RuntimeCallFailed;
import io.macp.controlplane.runtime.RuntimeClient.Subscription;
import io.macp.controlplane.runtime.RuntimeConnection;
import io.macp.controlplane.runtime.StreamListener;
import io.macp.controlplane.runtime.wire.WireEnvelope;
import io.macp.controlplane.runtime.wire.WireFrame;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Finds out whether a runtime still replays the history of a session that has ended: some keep it,
 * some keep only a checkpoint. Thread-safe.
 */
final class HistoryProbe {
  private static final int PATIENCE_MS = 3_000;

  private final RuntimeConnection runtime;
  private final Background background;

  HistoryProbe(RuntimeConnection runtime, Background background) {
    this.runtime = runtime;
    this.background = background;
  }

  /** Does it, elsewhere and later, when the first frame of the session is a message. */
  void ifReplayable(String sessionId, Runnable then) {
    background.start(
        () -> {
          if (isReplayable(sessionId)) {
            then.run();
          }
        });
  }

  private boolean isReplayable(String sessionId) {
    CompletableFuture<Boolean> first = new CompletableFuture<>();
    Subscription subscription =
        runtime
            .require()
            .openStream(
                sessionId,
                0,
                new StreamListener<WireFrame>() {
                  @Override
                  public void onFrame(WireFrame frame) {
                    first.complete(frame instanceof WireEnvelope);
                  }

                  @Override
                  public void completed() {
                    first.complete(false);
                  }

                  @Override
                  public void failed(RuntimeCallFailed failure) {
                    first.complete(false);
                  }
                });
    try {
      subscription.request(1);
      return first.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      subscription.cancel();
    }
  }
}
