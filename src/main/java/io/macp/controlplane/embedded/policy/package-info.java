// SPDX-License-Identifier: Apache-2.0
/**
 * What every policy has in common: its descriptor, the checked reading of its rules, who may
 * commit, and the verdict. Pure; the rules of one mode are evaluated in that mode's package. Start
 * reading at {@code PolicyDescriptor}.
 */
@NullMarked
package io.macp.controlplane.embedded.policy;

import org.jspecify.annotations.NullMarked;
