// SPDX-License-Identifier: Apache-2.0
/**
 * Who is calling the embedded runtime: static tokens, signed tokens (JWT) with the keys of their
 * issuer, and the development mode that believes every name. Knows neither gRPC nor sessions, and
 * keeps no token. Start reading at {@code AuthChain}, then {@code AuthConfig}.
 */
@NullMarked
package io.macp.controlplane.embedded.identity;

import org.jspecify.annotations.NullMarked;
