// SPDX-License-Identifier: Apache-2.0
/**
 * The whole product from outside: the packaged server as a process, met by browsers, HTTP clients
 * and agents, and hurt in every way that it must survive. Knows no class of the product but its
 * contract. Start reading at {@code Api}.
 */
@NullMarked
package io.macp.controlplane.product;

import org.jspecify.annotations.NullMarked;
