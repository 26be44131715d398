// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.task;

import io.macp.controlplane.embedded.collection.GrowingList;
import io.macp.controlplane.embedded.collection.GrowingMap;
import io.macp.controlplane.embedded.message.Commitment;
import io.macp.controlplane.embedded.message.Rejection;
import io.macp.controlplane.embedded.mode.Message;
import io.macp.controlplane.embedded.mode.ModeState;
import io.macp.controlplane.embedded.mode.SessionTerms;
import io.macp.controlplane.embedded.policy.Verdict;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A delegated task.
 *
 * @param request the task and who asked for it
 * @param assignee who has taken it on
 * @param rejections in the order of their acceptance
 * @param rejecters those who have rejected, to the number of their rejection
 * @param updates in the order of their acceptance
 * @param report how the work ended
 */
record TaskState(
    Optional<By<TaskMessage.Request>> request,
    Optional<String> assignee,
    GrowingList<By<TaskMessage.Reject>> rejections,
    GrowingMap<Integer> rejecters,
    GrowingList<By<TaskMessage.Update>> updates,
    Optional<By<TaskMessage.Report>> report)
    implements ModeState {
  static final TaskState EMPTY =
      new TaskState(
          Optional.empty(),
          Optional.empty(),
          GrowingList.empty(),
          GrowingMap.empty(),
          GrowingList.empty(),
          Optional.empty());

  enum Phase {
    UNREQUESTED("Unrequested"),
    REQUESTED("Requested"),
    REJECTED("Rejected"),
    ASSIGNED("Assigned"),
    REPORTED("Reported");

    private final String title;

    Phase(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  /** A message and who sent it. */
  record By<M extends TaskMessage>(String sender, M message) {}

  /** How far the task has come; no word of the wire, but of messages and the printed table. */
  Phase phase() {
    if (request.isEmpty()) {
      return Phase.UNREQUESTED;
    }
    if (report.isPresent()) {
      return Phase.REPORTED;
    }
    if (assignee.isPresent()) {
      return Phase.ASSIGNED;
    }
    return rejections.size() > 0 ? Phase.REJECTED : Phase.REQUESTED;
  }

  boolean isAssignedTo(String sender) {
    return assignee.filter(sender::equals).isPresent();
  }

  @Override
  public Optional<Rejection> refuse(SessionTerms terms, Message message) {
    return TaskChecks.refuse(this, terms, message);
  }

  @Override
  public Optional<Rejection> refuseCommitment(SessionTerms terms, Commitment commitment) {
    return report.isPresent()
        ? Optional.empty()
        : Optional.of(
            Rejection.invalid(
                "a Commitment needs a TaskComplete or TaskFail; the task is in phase "
                    + phase().title()));
  }

  @Override
  public Verdict judge(SessionTerms terms, Commitment commitment) {
    return TaskPolicy.judge(this, terms, commitment.outcomePositive());
  }

  @Override
  public TaskState absorb(Message message) {
    return message.payload() instanceof TaskMessage known ? absorb(message.sender(), known) : this;
  }

  private TaskState absorb(String sender, TaskMessage message) {
    return switch (message) {
      case TaskMessage.Request sent ->
          new TaskState(
              Optional.of(new By<>(sender, sent)),
              assignee,
              rejections,
              rejecters,
              updates,
              report);
      case TaskMessage.Accept sent ->
          new TaskState(request, Optional.of(sender), rejections, rejecters, updates, report);
      case TaskMessage.Reject sent ->
          new TaskState(
              request,
              assignee.filter(active -> !active.equals(sender)),
              rejections.plus(new By<>(sender, sent)),
              rejecters.with(sender, rejections.size()),
              updates,
              report);
      case TaskMessage.Update sent ->
          new TaskState(
              request,
              assignee,
              rejections,
              rejecters,
              updates.plus(new By<>(sender, sent)),
              report);
      case TaskMessage.Report sent ->
          new TaskState(
              request,
              assignee,
              rejections,
              rejecters,
              updates,
              Optional.of(new By<>(sender, sent)));
    };
  }

  @Override
  public Map<String, @Nullable Object> projection() {
    return TaskView.of(this);
  }
}
