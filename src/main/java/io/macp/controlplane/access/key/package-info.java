// SPDX-License-Identifier: Apache-2.0
/**
 * API keys that administrators hand out: made, listed and revoked over HTTP, kept as hashes in the
 * table {@code api_keys}. A key is shown once, in the answer that makes it, and never again, not in
 * logs either. Start at {@code KeyRing} for how a key is recognised.
 */
@NullMarked
package io.macp.controlplane.access.key;

import org.jspecify.annotations.NullMarked;
