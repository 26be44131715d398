// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.passthrough;

import io.macp.controlplane.embedded.message.Bytes;
import io.macp.controlplane.embedded.message.Payload;

/** A payload that only the agents understand, as it was sent. */
public record Content(Bytes bytes) implements Payload {}
