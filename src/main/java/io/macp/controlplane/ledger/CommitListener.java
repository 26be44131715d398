// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

/**
 * Is told of every commit, after it and in the thread that made it. It must return at once and may
 * lose a call without harm, because everything can be read from the log.
 */
@FunctionalInterface
public interface CommitListener {
  void committed(Committed commit);
}
