// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
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
  private static final String DERIVED =
      """
      select data ->> 'messageId' || ' ' || type from run_events_canonical
      where run_id = ? and type <> 'message.received' and data ->> 'messageId' <> '' order by seq
      """;
  private static final String UNDERIVED =
      """
      select m.subject_id from run_events_canonical m
      where m.run_id = ? and m.type = 'message.received'
        and m.raw_type in ('Proposal', 'Evaluation', 'Vote', 'Commitment')
        and not exists (select 1 from run_events_canonical d where d.run_id = m.run_id
          and d.type <> m.type and d.data ->> 'messageId' = m.subject_id)
      """;
  private static final String EVENTS =
      "select seq from run_events_canonical where run_id = ? order by seq";
  private static final String STATUS = "select status from runs where id = ?";
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
   * What became of a session that the runtime says was resolved.
   *
   * @param accepted the messages that the runtime acknowledged, in their order
   * @param received the numbers of the events that each subscriber was sent after the first
   */
  public Tally tally(UUID runId, List<String> accepted, List<List<Long>> received) {
    Deviation raw = Deviation.between(accepted, texts(RAW, runId));
    Deviation canonical = Deviation.between(accepted, texts(CANONICAL, runId));
    List<String> derived = texts(DERIVED, runId);
    Deviation twice = Deviation.between(List.copyOf(new LinkedHashSet<>(derived)), derived);
    List<Long> events = numbers(EVENTS, runId);
    Deviation delivery =
        received.stream()
            .map(each -> Deviation.between(events.subList(1, events.size()), each))
            .reduce(raw.plus(canonical).plus(twice), Deviation::plus);
    int missing = texts(UNDERIVED, runId).size() + gaps(runId);
    Deviation all = delivery.plus(new Deviation(missing, 0, 0));
    return Tally.of(accepted.size(), all, texts(STATUS, runId).getFirst());
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

    assertThat(numbers(NUMBERS, runId).stream().filter(seq -> seq <= last).toList())
        .as("numbers of run %s", runId)
        .isEqualTo(LongStream.rangeClosed(1, last).boxed().toList());
  }

  private int gaps(UUID runId) {
    List<Long> numbers = numbers(NUMBERS, runId);
    return (int) (Long.parseLong(texts(LAST, runId).getFirst()) - numbers.size());
  }

  private List<Long> numbers(String sql, UUID runId) {
    return texts(sql, runId).stream().map(Long::valueOf).toList();
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
