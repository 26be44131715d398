/**
 * The way in from a runtime: follows the session of every run, discovers sessions, listens to
 * ambient signals, and hands everything over raw. It decides nothing about a run; what a fact means
 * is the ledger's business. One virtual thread a run. Start reading at {@code RunFollower}.
 */
@NullMarked
package io.macp.controlplane.observe;

import org.jspecify.annotations.NullMarked;
