// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event;

/**
 * What an event is about.
 *
 * @param kind for example {@code run}, {@code session}, {@code participant}, {@code message}
 * @param id identity within the kind; may be empty
 */
public record Subject(String kind, String id) {}
