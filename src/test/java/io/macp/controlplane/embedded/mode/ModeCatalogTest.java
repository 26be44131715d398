// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.embedded.mode.decision.DecisionMode;
import io.macp.controlplane.embedded.mode.multiround.MultiRoundMode;
import io.macp.controlplane.embedded.mode.passthrough.RegisteredMode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModeCatalogTest {
  private static final ModeCatalog BUILT_IN =
      new ModeCatalog(List.of(new MultiRoundMode(), new DecisionMode()));

  private static Mode registered(String id, Optional<String> base) {
    ModeDescriptor descriptor =
        new ModeDescriptor(id, "1", "", "", new ModeDescriptor.Nature("", ""), List.of());
    return RegisteredMode.of(
        new Mode.Registration(descriptor, base, Mode.Standing.PROMOTED), BUILT_IN);
  }

  @Test
  void keepsTheOrderOfTheBuiltInModesAndSortsTheRest() {
    ModeCatalog modes =
        BUILT_IN.withRegistered(
            List.of(registered("b", Optional.empty()), registered("a", Optional.empty())));

    assertThat(modes.ids()).containsExactly(MultiRoundMode.ID, DecisionMode.ID, "a", "b");
    assertThat(modes.find("a")).contains(registered("a", Optional.empty()));
    assertThat(modes.find("c")).isEmpty();
    assertThat(modes.withRegistered(List.of()).ids()).isEqualTo(BUILT_IN.ids());
  }

  @Test
  void offersAPromotedBuiltInModeUnderItsNewNameOnly() {
    Mode renamed = registered("rounds", Optional.of(MultiRoundMode.ID));
    ModeCatalog modes = BUILT_IN.withRegistered(List.of(renamed));

    assertThat(modes.modes()).containsExactly(new DecisionMode(), renamed);
    assertThat(modes.find(MultiRoundMode.ID)).isEmpty();
    assertThat(modes.findBuiltIn(MultiRoundMode.ID)).contains(new MultiRoundMode());
    assertThat(modes.findBuiltIn("rounds")).isEmpty();
  }

  @Test
  void offersAPromotedBuiltInModeThatKeptItsNameAsPromoted() {
    Mode promoted = registered(MultiRoundMode.ID, Optional.of(MultiRoundMode.ID));
    ModeCatalog modes = BUILT_IN.withRegistered(List.of(promoted));

    assertThat(modes.find(MultiRoundMode.ID)).contains(promoted);
    assertThat(modes.ids()).containsExactly(DecisionMode.ID, MultiRoundMode.ID);
  }
}
