// SPDX-License-Identifier: Apache-2.0
/**
 * The front door: the files of the console, the page that every address of the console leads to,
 * and the addresses that tell people and programs what there is. Public, read-only and without any
 * knowledge of runs. Start at {@code ConsoleFilter}.
 */
@NullMarked
package io.macp.controlplane.console;

import org.jspecify.annotations.NullMarked;
