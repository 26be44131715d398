// SPDX-License-Identifier: Apache-2.0
/**
 * What binds runs through their commitments: the hash of the resolving one, recomputed step by
 * step, and which commitment replaces which. Reads only. Start at {@code CommitmentResource}.
 */
@NullMarked
package io.macp.controlplane.query.commitment;

import org.jspecify.annotations.NullMarked;
