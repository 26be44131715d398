// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event;

/**
 * What an event is about.
 *
 * @param kind for example {@code run}, {@code session}, {@code participant}, {@code message}
 * @param id identity within the kind; may be empty; agents choose it, so it is cut to {@link
 *     #MAX_ID_LENGTH} characters and is storable text
 */
public record Subject(String kind, String id) {
  /** The longest identity that the log holds (control-plane contract, section 14). */
  public static final int MAX_ID_LENGTH = 255;

  public Subject {
    id = StorableText.of(id, MAX_ID_LENGTH);
  }
}
