// SPDX-License-Identifier: Apache-2.0
/**
 * Who is calling and what they may do, checked before anything else happens: request id, access
 * log, CORS, keys and tokens, scopes, request limits. It must not know what a run is. Everything
 * that is not listed as public needs a key or token once there are any. Start at {@code
 * ExchangeFilter}, go on with {@code AuthenticationFilter} and {@code RouteFilter}.
 */
@NullMarked
package io.macp.controlplane.access;

import org.jspecify.annotations.NullMarked;
