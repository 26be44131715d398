// SPDX-License-Identifier: Apache-2.0
/**
 * What agents of a demo say, as payloads of the wire: one file for each mode, from its acts to the
 * messages of MACP contract, section 1.9. What all modes share is in {@code Messages}, one package
 * up. Sends nothing.
 */
@NullMarked
package io.macp.controlplane.demo.payload;

import org.jspecify.annotations.NullMarked;
