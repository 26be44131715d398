// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.log.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.log.feed.FeedCursor.Phase;
import io.macp.controlplane.log.feed.FeedCursor.Position;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cursors as clients carry them. */
class FeedCursorTest {
  private static final UUID RUN = new UUID(-1, 77);

  @Test
  void comesBackAsItWasGiven() {
    for (FeedCursor cursor :
        List.of(
            new FeedCursor(
                Phase.HISTORY, 12, new Position(1_790_000_000_123_456L, RUN, 9), 1_000_000, -7),
            new FeedCursor(Phase.HISTORY, 0, new Position(-5_000_000L, RUN, 1), 0, 0),
            new FeedCursor(Phase.TAIL, 900, Position.before(4_000_000_000L), 3, 1 << 31))) {
      assertThat(cursor.text()).matches("[A-Za-z0-9_-]+");
      assertThat(FeedCursor.parse(cursor.text())).contains(cursor);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "!",
        "AAAA",
        "1.H.1.1.00000000-0000-0000-0000-000000000000.1.1.1",
      })
  void takesNothingThatItDidNotGive(String text) {
    assertThat(FeedCursor.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2.H.1.1.00000000-0000-0000-0000-000000000000.1.1.1",
        "1.X.1.1.00000000-0000-0000-0000-000000000000.1.1.1",
        "1.H.-1.1.00000000-0000-0000-0000-000000000000.1.1.1",
        "1.H.1.1.00000000-0000-0000-0000-00000000000g.1.1.1",
        "1.H.1.-99999999999999999.00000000-0000-0000-0000-000000000000.1.1.1",
        "1.T.1.-1.00000000-0000-0000-0000-000000000000.1.1.1",
        "1.T.1.1.00000000-0000-0000-0000-000000000000.1.1.9999999999",
      })
  void takesNothingImpossible(String fields) {
    String text = Base64.getUrlEncoder().encodeToString(fields.getBytes(StandardCharsets.US_ASCII));

    assertThat(FeedCursor.parse(text)).isEmpty();
  }

  @Test
  void belongsToOneFilterWhateverThePageSize() {
    FeedFilter filter = filter(List.of("run.created"), 10);

    assertThat(filter.fingerprint())
        .isEqualTo(filter(List.of("run.created"), 20).fingerprint())
        .isNotEqualTo(filter(List.of("run.started"), 10).fingerprint());
  }

  private static FeedFilter filter(List<String> types, int limit) {
    return new FeedFilter(
        Optional.empty(), Optional.empty(), 0, Optional.empty(), Optional.empty(), types, limit);
  }
}
