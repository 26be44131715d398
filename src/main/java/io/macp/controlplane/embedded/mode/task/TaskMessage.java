// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.mode.task;

import io.macp.controlplane.embedded.message.Bytes;
import io.macp.controlplane.embedded.message.Payload;

/** The six messages of the task mode, as sent and not yet checked (section 1.9). */
public sealed interface TaskMessage extends Payload {
  /** The task that the message asks for or is about. */
  String taskId();

  /**
   * Asks for the one task of the session.
   *
   * @param requestedAssignee who is to do it; empty for whoever accepts first
   * @param deadlineUnixMs stored, not enforced
   */
  record Request(
      String taskId,
      String title,
      String instructions,
      String requestedAssignee,
      Bytes input,
      long deadlineUnixMs)
      implements TaskMessage {}

  /** Takes the task on. */
  record Accept(String taskId, String assignee, String reason) implements TaskMessage {}

  /** Declines the task, or gives it back. */
  record Reject(String taskId, String assignee, String reason) implements TaskMessage {}

  /** Says how far the work has come. */
  record Update(String taskId, String status, double progress, String message, Bytes partialOutput)
      implements TaskMessage {}

  /** How the work ended; the first one is the last word. */
  sealed interface Report extends TaskMessage {
    /** Who reports; empty means the sender. */
    String assignee();
  }

  /** The work is done. */
  record Complete(String taskId, String assignee, Bytes output, String summary) implements Report {}

  /** The work has failed. */
  record Fail(String taskId, String assignee, String errorCode, String reason, boolean retryable)
      implements Report {}
}
