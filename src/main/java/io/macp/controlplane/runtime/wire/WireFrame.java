// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime.wire;

/** One frame of a session stream (wire contract, section 6.1). */
public sealed interface WireFrame permits WireEnvelope, InlineError {}
