// SPDX-License-Identifier: Apache-2.0
/**
 * What an agent of a demo can say, one file for each mode. Immutable data, without the wire; {@code
 * demo.payload} knows how it is encoded. Start at {@code Act}.
 */
@NullMarked
package io.macp.controlplane.demo.act;

import org.jspecify.annotations.NullMarked;
