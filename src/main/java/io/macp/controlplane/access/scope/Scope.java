// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access.scope;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One thing that a caller may be allowed to do. */
public enum Scope {
  /** Read runs, their events and streams, and what the runtime tells. */
  RUNS_READ("runs:read"),
  /** Launch runs and change them. */
  RUNS_WRITE("runs:write"),
  /** Register and remove policies on the runtime. */
  POLICIES_WRITE("policies:write"),
  /** Run this installation; whoever may do that may do everything. */
  ADMIN("admin");

  private final String wireName;

  Scope(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }

  /** The scope of this name. */
  public static Optional<Scope> find(String wireName) {
    return Arrays.stream(values()).filter(scope -> scope.wireName.equals(wireName)).findFirst();
  }

  /** All names, in the order of declaration. */
  public static List<String> names() {
    return Arrays.stream(values()).map(Scope::wireName).toList();
  }

  /** Every scope. */
  public static Set<Scope> all() {
    return Set.copyOf(EnumSet.allOf(Scope.class));
  }

  /** Whether somebody who was granted these scopes may do this. */
  public boolean isIn(Set<Scope> granted) {
    return granted.contains(this) || granted.contains(ADMIN);
  }
}
