// SPDX-License-Identifier: Apache-2.0
/**
 * Two immutable collections whose larger copies share their structure with the smaller ones, so
 * that accepting one more message costs the same in a long session as in a short one. Pure, no
 * domain words. Start reading at {@code GrowingMap}.
 */
@NullMarked
package io.macp.controlplane.embedded.collection;

import org.jspecify.annotations.NullMarked;
