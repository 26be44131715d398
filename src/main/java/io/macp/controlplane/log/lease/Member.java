// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log.lease;

import io.macp.controlplane.platform.Ids;
import io.macp.controlplane.platform.SharedInstance;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;

/**
 * This process among those that share the database. Its id is new with each start, so what an
 * earlier process owned is not its own. Thread-safe.
 */
@SharedInstance
public final class Member {
  private final UUID id;
  private volatile boolean following;

  @Inject
  public Member(Ids ids) {
    this.id = ids.next();
  }

  public UUID id() {
    return id;
  }

  /** From now on it owns the runs that it creates. */
  public void begin() {
    following = true;
  }

  /** Runs that it creates from now on are for others to follow. */
  public void end() {
    following = false;
  }

  /** The owner of a run that is created here now; empty while nobody follows runs here. */
  public Optional<UUID> owner() {
    return following ? Optional.of(id) : Optional.empty();
  }
}
