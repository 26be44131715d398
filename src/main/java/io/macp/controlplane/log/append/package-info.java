/**
 * The writing half of the log: plain SQL inside the ledger's transaction, called by the ledger
 * alone. Event rows are written here and nowhere else, and never changed. Start reading at {@code
 * LogStore}.
 */
@NullMarked
package io.macp.controlplane.log.append;

import org.jspecify.annotations.NullMarked;
