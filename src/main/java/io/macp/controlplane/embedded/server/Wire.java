// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import com.google.protobuf.ByteString;
import io.grpc.Metadata;
import io.macp.controlplane.embedded.Session;
import io.macp.controlplane.embedded.SessionState;
import io.macp.controlplane.embedded.message.Bytes;
import io.macp.controlplane.embedded.message.Envelope;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.policy.Verdict;
import io.macp.controlplane.platform.Json;
import io.macp.v1.Ack;
import io.macp.v1.MACPError;
import io.macp.v1.ParticipantActivity;
import io.macp.v1.SessionMetadata;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The kernel's values to and from generated messages. */
final class Wire {
  /** Where SDKs look for the details of an error (MACP contract, section 3.2). */
  static final Metadata.Key<byte[]> ERROR_DETAILS =
      Metadata.Key.of("macp-error-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

  private Wire() {}

  static Envelope envelope(io.macp.v1.Envelope sent) {
    return new Envelope(
        sent.getMacpVersion(),
        sent.getMode(),
        sent.getMessageType(),
        sent.getMessageId(),
        sent.getSessionId(),
        sent.getSender(),
        sent.getTimestampUnixMs(),
        Bytes.copyOf(sent.getPayload().toByteArray()));
  }

  static io.macp.v1.Envelope envelope(Envelope envelope) {
    return io.macp.v1.Envelope.newBuilder()
        .setMacpVersion(envelope.macpVersion())
        .setMode(envelope.mode())
        .setMessageType(envelope.messageType())
        .setMessageId(envelope.messageId())
        .setSessionId(envelope.sessionId())
        .setSender(envelope.sender())
        .setTimestampUnixMs(envelope.timestampUnixMs())
        .setPayload(ByteString.copyFrom(envelope.payload().toArray()))
        .build();
  }

  static io.macp.v1.SessionState state(SessionState state) {
    return switch (state) {
      case OPEN -> io.macp.v1.SessionState.SESSION_STATE_OPEN;
      case SUSPENDED -> io.macp.v1.SessionState.SESSION_STATE_SUSPENDED;
      case RESOLVED -> io.macp.v1.SessionState.SESSION_STATE_RESOLVED;
      case EXPIRED -> io.macp.v1.SessionState.SESSION_STATE_EXPIRED;
      case CANCELLED -> io.macp.v1.SessionState.SESSION_STATE_CANCELLED;
    };
  }

  static SessionMetadata metadata(Session session) {
    SessionMetadata.Builder metadata =
        SessionMetadata.newBuilder()
            .setSessionId(session.id())
            .setMode(session.terms().mode())
            .setState(state(session.state()))
            .setStartedAtUnixMs(session.timing().startedAtMs())
            .setExpiresAtUnixMs(session.timing().deadlineMs())
            .setModeVersion(session.terms().versions().mode())
            .setConfigurationVersion(session.terms().versions().configuration())
            .setPolicyVersion(session.terms().versions().policy())
            .addAllParticipants(session.terms().participants())
            .setInitiator(session.terms().initiator())
            .setContextId(session.terms().start().contextId())
            .addAllExtensionKeys(
                session.terms().start().extensionKeys().stream().sorted().toList());
    session
        .journal()
        .activity()
        .toMap()
        .forEach((sender, activity) -> metadata.addParticipantActivity(of(sender, activity)));
    return metadata.build();
  }

  private static ParticipantActivity of(String sender, Session.Activity activity) {
    return ParticipantActivity.newBuilder()
        .setParticipantId(sender)
        .setLastMessageAtUnixMs(activity.lastMessageAtMs())
        .setMessageCount(activity.messageCount())
        .build();
  }

  static MACPError error(Outcome.Refused refused, String sessionId, String messageId) {
    Rejection rejection = refused.rejection();
    MACPError.Builder error =
        MACPError.newBuilder()
            .setCode(rejection.code().name())
            .setMessage(rejection.message())
            .setSessionId(sessionId)
            .setMessageId(messageId);
    Map<String, Object> details = details(refused);
    if (!details.isEmpty()) {
      error.setDetails(ByteString.copyFrom(Json.writeBytes(details)));
    }
    return error.build();
  }

  /** The sentences, as clients have always read them, and the same as data, beside other facts. */
  private static Map<String, Object> details(Outcome.Refused refused) {
    Map<String, Object> details = new TreeMap<>(refused.facts());
    List<Verdict.Reason> denials = refused.rejection().denials();
    if (!denials.isEmpty()) {
      details.put("reasons", denials.stream().map(Verdict.Reason::message).toList());
      details.put("denials", denials.stream().map(Verdict.Reason::toTree).toList());
    }
    return details;
  }

  /** The same error for a call that ends with a status, which has no room for it. */
  static Metadata trailers(Outcome.Refused refused, String sessionId, String messageId) {
    Map<String, Object> tree = details(refused);
    tree.put("code", refused.rejection().code().name());
    tree.put("message", refused.rejection().message());
    tree.put("session_id", sessionId);
    tree.put("message_id", messageId);
    Metadata trailers = new Metadata();
    trailers.put(ERROR_DETAILS, Json.writeBytes(tree));
    return trailers;
  }

  /** The answer to an envelope or a control call. */
  static Ack ack(Outcome outcome, Ack.Builder addressed) {
    switch (outcome) {
      case Outcome.Done done -> addressed.setOk(true).setSessionState(state(done.state()));
      case Outcome.Repeated repeated ->
          addressed.setOk(true).setDuplicate(true).setSessionState(state(repeated.state()));
      case Outcome.Refused refused ->
          addressed.setError(error(refused, addressed.getSessionId(), addressed.getMessageId()));
    }
    return addressed.build();
  }
}
