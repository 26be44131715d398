// SPDX-License-Identifier: Apache-2.0
/**
 * Runs on their way to another installation and back: bundles, JSON Lines, and the import that
 * makes the same run of them (control-plane contract, section 3.10; docs/transfer.md). Bounded
 * memory at any length of a run. Start reading at {@code RunBundles} and {@code RunImporter}.
 */
@NullMarked
package io.macp.controlplane.transfer;

import org.jspecify.annotations.NullMarked;
