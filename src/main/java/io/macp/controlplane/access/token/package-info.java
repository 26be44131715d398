// SPDX-License-Identifier: Apache-2.0
/**
 * Tokens of an identity provider (MicroProfile JWT, OpenID Connect): settings, public keys, and the
 * check of signature and claims. Off unless configured. The server's own feature would answer 401
 * to every bearer that is no JWT, and API keys are such bearers; so tokens are verified here, under
 * the setting names of MicroProfile JWT. Start at {@code TokenVerifier}.
 */
@NullMarked
package io.macp.controlplane.access.token;

import org.jspecify.annotations.NullMarked;
