// SPDX-License-Identifier: Apache-2.0
/**
 * What integration tests share: the packaged server as a process of its own, and databases. Holds
 * no assertions of any feature. Start reading at {@code LibertyServer}.
 */
@NullMarked
package io.macp.controlplane.testing;

import org.jspecify.annotations.NullMarked;
