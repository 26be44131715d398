// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SmokeTest {
  @Test
  void buildsGeneratedWireTypes() {
    assertThat(io.macp.v1.Envelope.getDescriptor().getFullName()).isEqualTo("macp.v1.Envelope");
  }
}
