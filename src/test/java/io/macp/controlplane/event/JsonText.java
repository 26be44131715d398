// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event;

import io.macp.controlplane.platform.Json;

/** Payloads from readable text: JSON with single quotes. */
public final class JsonText {
  private JsonText() {}

  /** The object of a text such as {@code {'vote': 'APPROVE'}}. */
  public static Payload payload(String text) {
    return Payload.of(Json.readObject(text.replace('\'', '"')));
  }
}
