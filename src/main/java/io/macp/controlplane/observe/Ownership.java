// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.observe;

import io.macp.controlplane.cluster.Membership;
import io.macp.controlplane.log.lease.LeaseStore;
import io.macp.controlplane.log.lease.LeaseStore.Lease;
import io.macp.controlplane.log.lease.LeaseStore.Reach;
import io.macp.controlplane.log.lease.Member;
import io.macp.controlplane.platform.SharedInstance;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;

/** Which runs are this instance's to follow (ADR 11). Thread-safe. */
@SharedInstance
final class Ownership {
  /** Small, so that the survivors of an instance share what it left. */
  private static final int AT_ONCE = 100;

  private final LeaseStore leases;
  private final Member me;
  private final Membership membership;

  @Inject
  Ownership(LeaseStore leases, Member me, Membership membership) {
    this.leases = leases;
    this.me = me;
    this.membership = membership;
  }

  /** Takes the place among the instances; runs that are created here are followed here. */
  void begin(Runnable afterBeat) {
    membership.afterBeat(afterBeat);
    membership.begin();
    me.begin();
  }

  /** Gives everything up at once. */
  void end() {
    me.end();
    membership.end();
  }

  /** Takes some runs that nobody follows; none when there are none left to take now. */
  List<Lease> claimSome() {
    return leases.claim(me.id(), membership.reach(), AT_ONCE);
  }

  /** Takes a run that nobody follows; empty when somebody does. */
  OptionalLong claim(UUID runId) {
    return leases.claim(me.id(), membership.reach(), runId);
  }

  /** The fences of the runs under way that are this instance's. */
  Map<UUID, Long> owned() {
    return leases.owned(me.id());
  }

  /**
   * Frees the rows of runs whose owner was stopped in the middle of a transaction; answers how many
   * transactions were ended.
   */
  int freeStuck() {
    return membership.reach() == Reach.EXPIRED && leases.hasOrphans(me.id())
        ? leases.endIdleTransactions(membership.lease())
        : 0;
  }
}
