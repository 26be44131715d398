// SPDX-License-Identifier: Apache-2.0
/**
 * What the agents of a demo do, as immutable data: parts of steps, each with its cue, its pause and
 * its act. Pure: nothing here knows the wire, a clock or a thread. Start at {@code Script}, then
 * read {@code FraudApprove}.
 */
@NullMarked
package io.macp.controlplane.demo.script;

import org.jspecify.annotations.NullMarked;
