// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor.server;

import java.time.Duration;

/**
 * The heap of this process.
 *
 * @param used bytes after the last collection
 * @param most bytes that there may be
 * @param collecting time spent collecting since the start
 * @param running time since the start
 */
public record MemorySight(long used, long most, Duration collecting, Duration running) {}
