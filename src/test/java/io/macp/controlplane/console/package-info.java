// SPDX-License-Identifier: Apache-2.0
/**
 * Tests of the web console in a real browser, without the application server: the console's own
 * files, a strict content security policy, and scripted answers. Start with {@code
 * ConsoleModulesIT}.
 */
@NullMarked
package io.macp.controlplane.console;

import org.jspecify.annotations.NullMarked;
