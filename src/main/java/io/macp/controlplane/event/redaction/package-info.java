// SPDX-License-Identifier: Apache-2.0
/**
 * Takes secrets out of what strangers say before anything is stored (control-plane contract,
 * section 8.5). Patterns are run by our own machine, whose work grows with the text and never
 * explodes. Knows no settings and no store. Start reading at {@code Redaction}.
 */
@NullMarked
package io.macp.controlplane.event.redaction;

import org.jspecify.annotations.NullMarked;
