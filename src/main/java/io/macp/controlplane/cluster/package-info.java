// SPDX-License-Identifier: Apache-2.0
/**
 * The instances that share a database: which of them are there, and how they wake each other after
 * commits (ADR 11). Nothing may depend on a wake-up. It knows neither a run's life nor its streams.
 * Start reading at {@code Membership} and {@code Fanout}.
 */
@NullMarked
package io.macp.controlplane.cluster;

import org.jspecify.annotations.NullMarked;
