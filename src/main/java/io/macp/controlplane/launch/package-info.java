// SPDX-License-Identifier: Apache-2.0
/**
 * The ways in over REST: commands about runs. Every change goes through the ledger; nothing here
 * writes an event or knows another way in. Start at the resource of the command that you look for.
 */
@NullMarked
package io.macp.controlplane.launch;

import org.jspecify.annotations.NullMarked;
