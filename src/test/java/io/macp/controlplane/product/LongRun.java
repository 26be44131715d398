// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.UUID;

/** A finished run of any length, brought in as a bundle: one fact to two canonical events. */
final class LongRun {
  private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

  private final String id = UUID.randomUUID().toString();
  private final StringBuilder bundle = new StringBuilder();

  private LongRun() {}

  /** Imports a run of about so many events; answers its id. */
  static String of(int events, Api api, URI imports) {
    LongRun run = new LongRun();
    run.write(events / 2);
    Api.Answer answer =
        api.send(
            HttpRequest.newBuilder(imports)
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofString(run.bundle.toString())));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return run.id;
  }

  private void write(int facts) {
    line(
        """
        {"type":"header","run":{"id":"%s","status":"completed","mode":"live","runtimeKind":"rust",\
        "runtimeSessionId":"%s","lastEventSeq":%d,"tags":["long"],"metadata":{},\
        "createdAt":"%s","updatedAt":"%s"},"artifacts":[]}\
        """
            .formatted(id, id, 1 + 3 * facts, START, START));
    canonical(1, "run.created", "{\"status\":\"queued\"}");
    for (int fact = 0; fact < facts; fact++) {
      canonical(3 * fact + 3, "message.received", data(fact));
      canonical(3 * fact + 4, "proposal.updated", data(fact));
    }
    for (int fact = 0; fact < facts; fact++) {
      raw(3 * fact + 2, fact);
    }
  }

  private static String data(int fact) {
    return """
    {"sender":"agent-%d","messageType":"Evaluation","messageId":"m%d","decodedPayload":\
    {"proposalId":"p%d","recommendation":"APPROVE","confidence":0.8,"reason":"fits, as %d did"}}\
    """
        .formatted(fact % 8, fact, fact / 20, fact);
  }

  private void canonical(int seq, String type, String data) {
    line(
        """
        {"type":"canonical_event","event":{"id":"%s","runId":"%s","seq":%d,"ts":"%s","type":"%s",\
        "subjectKind":"message","subjectId":"m%d","sourceKind":"runtime",\
        "sourceName":"rust-runtime","rawType":"Evaluation","schemaVersion":3,"data":%s}}\
        """
            .formatted(UUID.randomUUID(), id, seq, START.plusMillis(20L * seq), type, seq, data));
  }

  private void raw(int seq, int fact) {
    line(
        """
        {"type":"raw_event","id":"%s","runId":"%s","seq":%d,"sourceId":"session:m%d","ts":"%s",\
        "kind":"stream-envelope","sourceName":"rust-runtime","payload":{"kind":"stream-envelope",\
        "envelope":{"messageType":"Evaluation","messageId":"m%d","payloadBase64":"QUJD"}},\
        "createdAt":"%s"}\
        """
            .formatted(UUID.randomUUID(), id, seq, fact, at(seq), fact, at(seq)));
  }

  private static Instant at(int seq) {
    return START.plusMillis(20L * seq);
  }

  private void line(String text) {
    bundle.append(text).append('\n');
  }
}
