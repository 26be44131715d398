// SPDX-License-Identifier: Apache-2.0
/**
 * The words that agents and the runtime exchange, in JDK types: the envelope, the decoded payloads
 * that every mode shares, and the reasons for a no. Pure; knows nothing of sessions, modes or the
 * wire. Start reading at {@code Envelope}.
 */
@NullMarked
package io.macp.controlplane.embedded.message;

import org.jspecify.annotations.NullMarked;
