// SPDX-License-Identifier: Apache-2.0
/**
 * Measures the packaged server with a harness from outside, which knows it by its documented API
 * alone: {@code ./dev bench DIR}. Brings a database and a target file, and judges nothing. Start
 * reading at {@link io.macp.controlplane.blackbox.Bench}.
 */
@NullMarked
package io.macp.controlplane.blackbox;

import org.jspecify.annotations.NullMarked;
