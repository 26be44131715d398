// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.doctor;

import java.util.Optional;

/**
 * Something that can be wrong: a row of the registry, of which {@code docs/troubleshooting.md} is
 * made.
 *
 * @param id stable, lower case with hyphens; the anchor in that document
 * @param words what to say of it
 * @param remedy a call that may be made at once without harm, when there is one
 */
public record Ailment(String id, Severity severity, Words words, Optional<Remedy> remedy) {
  /**
   * What to say of an ailment, a sentence or two each.
   *
   * @param symptom what people notice
   * @param cause why that is so
   * @param fix what to do
   */
  public record Words(String symptom, String cause, String fix) {}

  /**
   * An endpoint of ours that helps.
   *
   * @param path may hold {@code {id}} for the run that is looked at
   * @param description what it does
   */
  public record Remedy(String method, String path, String description) {}

  /** One without remedy. */
  public Ailment(String id, Severity severity, Words words) {
    this(id, severity, words, Optional.empty());
  }

  /** Where the documentation speaks of it. */
  public String link() {
    return "docs/troubleshooting.md#" + id;
  }
}
