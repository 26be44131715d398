// SPDX-License-Identifier: Apache-2.0
/**
 * How the work behind the scenes stands, for operators: streams of the runtime, read models that
 * wait to be folded anew, retention. Reads only, and knows nothing that its neighbours do not tell.
 * Start at {@code OperationsResource}.
 */
@NullMarked
package io.macp.controlplane.overview;

import org.jspecify.annotations.NullMarked;
