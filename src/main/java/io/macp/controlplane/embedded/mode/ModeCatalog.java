// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The modes that this runtime can hold sessions in, as an immutable value in registry order. */
public record ModeCatalog(List<Mode> modes) {
  public ModeCatalog {
    modes = List.copyOf(modes);
  }

  /** The mode of that id. */
  public Optional<Mode> find(String id) {
    return modes.stream().filter(mode -> mode.descriptor().mode().equals(id)).findFirst();
  }

  /** This catalogue and one more mode. */
  public ModeCatalog with(Mode mode) {
    List<Mode> more = new ArrayList<>(modes);
    more.add(mode);
    return new ModeCatalog(more);
  }

  /** All mode ids, for messages that say what was expected. */
  public List<String> ids() {
    return modes.stream().map(mode -> mode.descriptor().mode()).toList();
  }
}
