// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.store;

/** Hears how commits of the log end. Called by the committing thread; must not block. */
public interface CommitListener {
  /** The log was written. */
  void committed();

  /** The log could not be written, for a reason that lies with the database. */
  void failed();
}
