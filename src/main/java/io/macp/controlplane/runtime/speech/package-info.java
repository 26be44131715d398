// SPDX-License-Identifier: Apache-2.0
/**
 * What the control plane may say to a runtime in its optional initiator mode, in our own words. An
 * observer has no use for it. Must not know the wire or the database. Start at {@code Speech}.
 */
@NullMarked
package io.macp.controlplane.runtime.speech;

import org.jspecify.annotations.NullMarked;
