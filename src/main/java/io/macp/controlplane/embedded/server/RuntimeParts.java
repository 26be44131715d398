// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

/** What the calls of the service share. */
record RuntimeParts(
    Sessions sessions,
    SessionReads reads,
    Intake intake,
    Controls controls,
    Feeds feeds,
    Registries registries) {

  /** Everything that can be watched. */
  record Feeds(
      LifecycleFeed lifecycle, AmbientFeed ambient, PolicyRegistry policies, ModeRegistry modes) {}
}
