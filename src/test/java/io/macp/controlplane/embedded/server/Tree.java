// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON object of a test file, read with the fields that it must have. */
record Tree(Map<?, ?> fields) {
  Optional<Object> find(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  String text(String name) {
    return (String) require(name);
  }

  int number(String name) {
    return (Integer) require(name);
  }

  List<?> list(String name) {
    return (List<?>) require(name);
  }

  Tree tree(String name) {
    return new Tree((Map<?, ?>) require(name));
  }

  Object require(String name) {
    return find(name).orElseThrow(() -> new AssertionError("missing " + name));
  }
}
