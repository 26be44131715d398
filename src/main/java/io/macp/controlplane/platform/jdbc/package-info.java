/**
 * Plain SQL on the server's data source: one class that opens, commits and rolls back, and one
 * failure. It knows no table and no domain word. Start reading at {@code Database}.
 */
@NullMarked
package io.macp.controlplane.platform.jdbc;

import org.jspecify.annotations.NullMarked;
