// SPDX-License-Identifier: Apache-2.0
/** The HTTP edge as a whole, seen from outside a real server. */
@NullMarked
package io.macp.controlplane.edge;

import org.jspecify.annotations.NullMarked;
