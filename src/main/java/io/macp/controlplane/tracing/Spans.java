// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.tracing;

/** Spans and attributes by the names of the contract (section 15). */
public final class Spans {
  /** A run, from its creation to its end. */
  public static final String RUN = "run.lifecycle";

  /** The runtime is asked what it can do. */
  public static final String INITIALIZE = "runtime.initialize";

  /** An agent is waited for to open the session. */
  public static final String AWAIT_SESSION = "runtime.await_session_open";

  /** A fact from outside, from its arrival until it is kept. */
  public static final String HANDLE = "stream.handle_raw_event";

  /** The transaction that keeps something of a run. */
  public static final String PERSIST = "run-event.persist";

  /** Everybody who listens is told. */
  public static final String EMIT = "run-event.emit";

  public static final String RAW_KIND = "macp.raw_kind";
  public static final String MESSAGE_TYPE = "macp.message_type";
  public static final String SESSION_ID = "macp.session_id";
  public static final String EVENT_COUNT = "macp.event_count";
  public static final String RUN_ID = "macp.run_id";
  public static final String STATUS = "macp.status";
  public static final String MODE = "macp.mode_name";

  /** Of the database, as OpenTelemetry calls it. */
  public static final String DATABASE = "db.system.name";

  private Spans() {}
}
