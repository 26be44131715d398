// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops;

/**
 * Something that must work before the product can do its job, beside the database. Every CDI bean
 * of this type is asked by {@code /readyz} and {@code /health/ready} (control-plane contract,
 * section 12.2).
 */
public interface ReadinessPart {
  /** Field of the {@code /readyz} body: {@code runtime}, {@code streamConsumer}, ... */
  String name();

  /** The state now. Called by many threads; an answer later than a second counts as no answer. */
  Finding check();

  /** What is shown when {@link #check} failed or gave no answer in time. */
  default Finding unanswered() {
    return new Finding(false, "unhealthy");
  }

  /**
   * The state of a part.
   *
   * @param ok whether the part does its job
   * @param shown value of the part's field, in JSON terms
   */
  record Finding(boolean ok, Object shown) {}
}
