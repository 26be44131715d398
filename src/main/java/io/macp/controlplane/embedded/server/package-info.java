// SPDX-License-Identifier: Apache-2.0
/**
 * The gRPC edge of the embedded MACP runtime: asks who calls, decodes, asks the kernel, stores,
 * answers and publishes. Holds no protocol rule that the kernel could hold and no SQL. Start
 * reading at {@code EmbeddedRuntime}, then {@code Sessions}.
 */
@NullMarked
package io.macp.controlplane.embedded.server;

import org.jspecify.annotations.NullMarked;
