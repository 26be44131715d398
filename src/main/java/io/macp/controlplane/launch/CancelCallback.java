// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.launch;

import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.SharedInstance;
import io.macp.controlplane.platform.outbound.AddressGuard;
import io.macp.controlplane.platform.outbound.AddressRefused;
import io.macp.controlplane.platform.outbound.OutboundCalls;
import io.macp.controlplane.platform.outbound.WebAddress;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks the agents' side to end a session. Goes only where outbound calls may go, follows no
 * redirect, reads no answer, and waits a bounded time. Thread-safe.
 */
@SharedInstance
final class CancelCallback {
  private static final String FIELD = "session.metadata.cancelCallback.";
  private static final Pattern PRINTABLE = Pattern.compile("[!-~]+");

  private final AddressGuard guard;
  private final OutboundCalls calls;
  private final Duration timeout;

  @Inject
  CancelCallback(AddressGuard guard, OutboundCalls calls, Settings settings) {
    this.guard = guard;
    this.calls = calls;
    this.timeout = LaunchConfig.read(settings).callbackTimeout();
  }

  /** Checks what a caller wants us to call some day, or tells the caller which field is wrong. */
  void check(Cancellation.Callback callback) {
    try {
      guard.check(callback.url());
    } catch (AddressRefused e) {
      throw refused("url " + e.why());
    }
    if (callback.bearer().filter(token -> !PRINTABLE.matcher(token).matches()).isPresent()) {
      throw refused("bearer must be printable ASCII without spaces");
    }
  }

  /** Calls back; anything but a 2xx answer is a problem, and the run keeps its status. */
  void call(Cancellation.Callback callback, UUID runId, Optional<String> reason) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("runId", runId.toString());
    body.put("reason", reason.orElse(null));
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    callback.bearer().ifPresent(token -> headers.put("Authorization", "Bearer " + token));
    try {
      WebAddress target = WebAddress.parse(callback.url());
      OutboundCalls.Reply reply = calls.post(target, headers, Json.writeBytes(body), timeout);
      if (!reply.isSuccess()) {
        throw failed(callback.url(), "returned " + reply.status());
      }
    } catch (AddressRefused e) {
      throw refused("url " + e.why());
    } catch (OutboundCalls.CallFailed e) {
      throw failed(callback.url(), "failed: " + e.getMessage());
    }
  }

  private static Problem.ProblemException refused(String why) {
    return Problem.invalid(List.of(FIELD + why)).asException();
  }

  private static Problem.ProblemException failed(String target, String how) {
    return Problem.of(ErrorCode.INTERNAL_ERROR, "cancel callback " + target + " " + how)
        .withStatus(502)
        .asException();
  }
}
