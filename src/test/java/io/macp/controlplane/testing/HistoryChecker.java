// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import javax.sql.DataSource;

/**
 * Compares what a runtime accepted with what was stored of it: nothing lost, nothing doubled,
 * nothing in another order, whatever went wrong between. Reads the tables only, so it serves every
 * test that can reach the database. Thread-safe.
 */
public final class HistoryChecker {
  private static final String RAW =
      """
      select payload #>> '{envelope,messageId}' from run_events_raw
      where run_id = ? and kind = 'stream-envelope' and source_id like 'session:%' order by seq
      """;
  private static final String CANONICAL =
      """
      select subject_id from run_events_canonical
      where run_id = ? and type = 'message.received' and data ->> 'sessionId' <> '' order by seq
      """;
  private static final String NUMBERS =
      """
      select e.seq from (
        select run_id, seq from run_events_raw union all select run_id, seq from run_events_canonical
      ) e where e.run_id = ? order by e.seq
      """;
  private static final String POSITION =
      "select stream_position from runtime_sessions where run_id = ?";
  private static final String LAST = "select last_event_seq from runs where id = ?";

  private final DataSource dataSource;

  public HistoryChecker(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** How many envelopes of the session are stored. */
  public int stored(UUID runId) {
    return texts(RAW, runId).size();
  }

  /**
   * Fails unless the log of the run holds exactly these messages of its session, in this order, raw
   * and canonical, under numbers without gaps.
   */
  public void requireComplete(UUID runId, List<String> accepted) {
    assertThat(texts(RAW, runId)).as("raw messages of run %s", runId).isEqualTo(accepted);
    assertThat(texts(CANONICAL, runId))
        .as("canonical messages of run %s", runId)
        .isEqualTo(accepted);
    assertThat(texts(POSITION, runId))
        .as("position of run %s", runId)
        .containsExactly(Integer.toString(accepted.size()));
    requireGapless(runId);
  }

  /**
   * Fails unless the numbers of raw and canonical rows together are 1 to the run's last. What is
   * added while they are read is left for the next look.
   */
  public void requireGapless(UUID runId) {
    long last = Long.parseLong(texts(LAST, runId).getFirst());
    List<Long> numbers =
        texts(NUMBERS, runId).stream().map(Long::valueOf).filter(seq -> seq <= last).toList();

    assertThat(numbers)
        .as("numbers of run %s", runId)
        .isEqualTo(LongStream.rangeClosed(1, last).boxed().toList());
  }

  private List<String> texts(String sql, UUID runId) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setObject(1, runId);
      try (ResultSet rows = select.executeQuery()) {
        List<String> texts = new ArrayList<>();
        while (rows.next()) {
          texts.add(rows.getString(1));
        }
        return texts;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the log cannot be read", e);
    }
  }
}
