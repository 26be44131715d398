// SPDX-License-Identifier: Apache-2.0
/**
 * What callers may do, in words: the scopes, and the mark by which every endpoint names the one
 * that it needs. It must not know who calls or how that is found out. Start at {@code Scope}.
 */
@NullMarked
package io.macp.controlplane.access.scope;

import org.jspecify.annotations.NullMarked;
