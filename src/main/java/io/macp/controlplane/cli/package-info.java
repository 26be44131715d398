// SPDX-License-Identifier: Apache-2.0
/**
 * The program {@code macp}: a thin client over the public API, in a jar of its own. It knows the
 * JDK, Jackson and picocli, and nothing of the server. Start at {@code Macp}.
 */
@NullMarked
package io.macp.controlplane.cli;

import org.jspecify.annotations.NullMarked;
