// SPDX-License-Identifier: Apache-2.0
/**
 * Who is calling and what they may do, checked before anything else happens: request id, access
 * log, CORS, API keys, request limits. It must not know what a run is. Everything that is not
 * listed as public needs a key once keys are configured. Start at {@code ExchangeFilter}, go on
 * with {@code AuthenticationFilter} and {@code ThrottleFilter}.
 */
@NullMarked
package io.macp.controlplane.access;

import org.jspecify.annotations.NullMarked;
