/**
 * Server-sent events: what is recorded of a run, from a position and then live, in order and
 * without gap or repeat (control-plane contract, section 4). Reads the log and hears of commits;
 * changes nothing. Start reading at {@code RunTopic}.
 */
@NullMarked
package io.macp.controlplane.stream;

import org.jspecify.annotations.NullMarked;
