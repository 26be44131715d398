// SPDX-License-Identifier: Apache-2.0
/**
 * What can be wrong with an installation: one class for each check, and records of what they look
 * at. Pure; must not gather anything by itself. Start at {@code ServerChecks}.
 */
@NullMarked
package io.macp.controlplane.doctor.server;

import org.jspecify.annotations.NullMarked;
