// SPDX-License-Identifier: Apache-2.0
/**
 * What is counted and timed, under the metric names of the contract (section 12.3). Called by every
 * edge package and calling none, so that whoever measures does not depend on whoever reports. It
 * must not decide anything. Start at {@code Meters}.
 */
@NullMarked
package io.macp.controlplane.meter;

import org.jspecify.annotations.NullMarked;
