// SPDX-License-Identifier: Apache-2.0
/**
 * Has the counts over the whole log brought up to date again and again. Knows when, not how. Start
 * at {@code Tallying}.
 */
@NullMarked
package io.macp.controlplane.ops.tally;

import org.jspecify.annotations.NullMarked;
