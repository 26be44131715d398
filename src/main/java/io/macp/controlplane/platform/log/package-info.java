// SPDX-License-Identifier: Apache-2.0
/**
 * What lines of the log say about the work that they come from, apart from their text. It knows no
 * domain word; who does the work names its fields. Start at {@code LogFields}.
 */
@NullMarked
package io.macp.controlplane.platform.log;

import org.jspecify.annotations.NullMarked;
