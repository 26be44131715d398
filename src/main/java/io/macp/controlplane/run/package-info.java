/**
 * The run: identity, status, commands, and the explicit and total state machine (control-plane
 * contract, section 5). Pure: no clock, no IO; a decision is a value and a fact is never refused.
 * Start reading at {@code RunMachine}.
 */
@NullMarked
package io.macp.controlplane.run;

import org.jspecify.annotations.NullMarked;
