// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime;

import io.grpc.Status;
import io.macp.controlplane.runtime.Connections.Place;
import io.macp.controlplane.runtime.RuntimeClient.Subscription;
import io.macp.controlplane.runtime.credential.Credentials;
import io.macp.controlplane.runtime.view.SessionEvent;
import io.macp.controlplane.runtime.wire.WireEnvelope;
import io.macp.controlplane.runtime.wire.WireFrame;
import io.macp.v1.MACPRuntimeServiceGrpc;
import io.macp.v1.MACPRuntimeServiceGrpc.MACPRuntimeServiceStub;
import io.macp.v1.StreamSessionRequest;
import io.macp.v1.StreamSessionResponse;
import io.macp.v1.WatchSessionsRequest;
import io.macp.v1.WatchSessionsResponse;
import io.macp.v1.WatchSignalsRequest;
import io.macp.v1.WatchSignalsResponse;
import java.util.concurrent.atomic.AtomicInteger;

/** Opens streams, each on a connection with room for it. Thread-safe. */
final class Streams {
  private static final String STREAM_SESSION = "StreamSession";
  private static final String WATCH_SESSIONS = "WatchSessions";
  private static final String WATCH_SIGNALS = "WatchSignals";

  private final Connections connections;
  private final Credentials credentials;
  private final RuntimeCallListener metrics;
  private final AtomicInteger sessions = new AtomicInteger();

  Streams(Connections connections, Credentials credentials, RuntimeCallListener metrics) {
    this.connections = connections;
    this.credentials = credentials;
    this.metrics = metrics;
  }

  Subscription session(String sessionId, long afterSequence, StreamListener<WireFrame> listener) {
    Place place = connections.forStream(STREAM_SESSION);
    sessions.incrementAndGet();
    metrics.streamOpened();
    OpenStream<StreamSessionRequest, StreamSessionResponse, WireFrame> stream =
        new OpenStream<>(STREAM_SESSION, Frames::of, wary(listener), () -> sessionEnded(place));
    PassiveSubscription.open(stub(place), sessionId, afterSequence, stream);
    return stream;
  }

  Subscription watchSessions(StreamListener<SessionEvent> listener) {
    Place place = connections.forStream(WATCH_SESSIONS);
    OpenStream<WatchSessionsRequest, WatchSessionsResponse, SessionEvent> stream =
        new OpenStream<>(WATCH_SESSIONS, Frames::of, wary(listener), place.giveBack());
    stub(place).watchSessions(WatchSessionsRequest.getDefaultInstance(), stream);
    return stream.withoutRequestSide();
  }

  Subscription watchSignals(StreamListener<WireEnvelope> listener) {
    Place place = connections.forStream(WATCH_SIGNALS);
    OpenStream<WatchSignalsRequest, WatchSignalsResponse, WireEnvelope> stream =
        new OpenStream<>(WATCH_SIGNALS, Frames::of, wary(listener), place.giveBack());
    stub(place).watchSignals(WatchSignalsRequest.getDefaultInstance(), stream);
    return stream.withoutRequestSide();
  }

  int activeSessions() {
    return sessions.get();
  }

  private void sessionEnded(Place place) {
    place.giveBack().run();
    sessions.decrementAndGet();
    metrics.streamClosed();
  }

  private MACPRuntimeServiceStub stub(Place place) {
    return MACPRuntimeServiceGrpc.newStub(place.channel())
        .withCallCredentials(CallAuthorization.patient(credentials));
  }

  /** Drops a minted token that the runtime refuses, before the listener opens the next stream. */
  private <F> StreamListener<F> wary(StreamListener<F> listener) {
    return new StreamListener<>() {
      @Override
      public void onFrame(F frame) {
        listener.onFrame(frame);
      }

      @Override
      public void completed() {
        listener.completed();
      }

      @Override
      public void failed(RuntimeCallFailed failure) {
        if (failure.grpcCode().orElse(-1) == Status.Code.UNAUTHENTICATED.value()) {
          credentials.rejected();
        }
        listener.failed(failure);
      }
    };
  }
}
