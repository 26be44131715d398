// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.demo.script;

import java.util.Map;

/**
 * What an agent must have seen in the session before it goes on: so many accepted messages of a
 * type, from anybody.
 */
public record Cue(String messageType, int count) {
  /** Nothing to wait for. */
  public static final Cue NONE = new Cue("", 0);

  /** So many accepted messages of the type. */
  public static Cue seen(String messageType, int count) {
    return new Cue(messageType, count);
  }

  /** Whether the messages seen so far, counted by type, are enough. */
  public boolean isMetBy(Map<String, Integer> seen) {
    return seen.getOrDefault(messageType, 0) >= count;
  }
}
