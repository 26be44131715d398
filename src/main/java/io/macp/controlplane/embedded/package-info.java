// SPDX-License-Identifier: Apache-2.0
/**
 * The pure kernel of the embedded MACP runtime: sessions, their accepted log, and the rules that
 * decide what enters it. The JDK alone: no clock, no threads, no wire classes, no SQL. Modes and
 * policies plug in from {@code embedded.mode} and {@code embedded.policy}. Start reading at {@code
 * SessionMachine}.
 */
@NullMarked
package io.macp.controlplane.embedded;

import org.jspecify.annotations.NullMarked;
