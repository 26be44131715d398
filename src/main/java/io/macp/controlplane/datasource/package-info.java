// SPDX-License-Identifier: Apache-2.0
/**
 * The pooled data source that the server creates as {@code jdbc/macp}. It lies beside the driver in
 * a library that server and application share, so it uses the JDK and the driver alone and holds no
 * SQL. It must not log: a URL may carry a password. Start reading at {@code DatabaseUrl}.
 */
@NullMarked
package io.macp.controlplane.datasource;

import org.jspecify.annotations.NullMarked;
