// SPDX-License-Identifier: Apache-2.0
/**
 * How the embedded runtime is reached: address, TLS, limits per connection and caller, keepalive,
 * drain. Knows gRPC and no MACP message; who a caller is it is told. Start reading at {@code
 * RpcServer}.
 */
@NullMarked
package io.macp.controlplane.embedded.transport;

import org.jspecify.annotations.NullMarked;
