// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops.database;

/** Starts work that may block for long, on a thread that sees what the application sees. */
@FunctionalInterface
interface BackgroundThreads {
  Thread start(String name, Runnable work);
}
