// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.multiround;

import io.macp.controlplane.embedded.message.Payload;

/** What a participant stands for in the current round, as sent and not yet checked. */
public record Contribution(String value) implements Payload {}
