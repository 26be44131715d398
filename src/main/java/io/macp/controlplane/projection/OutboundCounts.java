// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.projection;

import io.macp.controlplane.event.Payload;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The block {@code outboundMessages} (control-plane contract, section 9.1). */
record OutboundCounts(long total, long queued, long accepted, long rejected) {
  static final OutboundCounts EMPTY = new OutboundCounts(0, 0, 0, 0);

  OutboundCounts accept() {
    return new OutboundCounts(total + 1, queued, accepted + 1, rejected);
  }

  OutboundCounts reject() {
    return new OutboundCounts(total + 1, queued, accepted, rejected + 1);
  }

  Map<String, @Nullable Object> tree() {
    return new Fields()
        .put("total", total)
        .put("queued", queued)
        .put("accepted", accepted)
        .put("rejected", rejected)
        .tree();
  }

  static OutboundCounts ofTree(Payload tree) {
    return new OutboundCounts(
        tree.count("total"), tree.count("queued"), tree.count("accepted"), tree.count("rejected"));
  }
}
