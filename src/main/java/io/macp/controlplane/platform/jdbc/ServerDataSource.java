// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.jdbc;

import io.macp.controlplane.platform.SharedInstance;
import jakarta.annotation.Resource;
import jakarta.enterprise.inject.Produces;
import javax.sql.DataSource;

/** Makes the data source of the server injectable. */
@SharedInstance
class ServerDataSource {
  @Produces
  @Resource(lookup = "jdbc/macp")
  @SuppressWarnings({"NullAway.Init", "UnusedVariable"})
  private DataSource dataSource;
}
