/**
 * The one place where a run changes: lock the run, ask the machine, append, fold, commit, wake the
 * listeners (control-plane contract, section 8.6). Every way in calls it; nothing else changes a
 * run. Start reading at {@code Ledger}.
 */
@NullMarked
package io.macp.controlplane.ledger;

import org.jspecify.annotations.NullMarked;
