// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.store;

import io.macp.controlplane.embedded.policy.PolicyDescriptor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Keeps the registered policies. Safe for many threads. Every method fails with {@link
 * StoreException} when the database does.
 */
public final class PolicyStore {
  private static final String ALL =
      "select policy_id, mode, description, rules, schema_version, registered_at_ms from"
          + " macp_runtime.policies order by policy_id";
  private static final String INSERT =
      "insert into macp_runtime.policies (policy_id, mode, description, rules, schema_version,"
          + " registered_at_ms) values (?, ?, ?, ?, ?, ?) on conflict do nothing";
  private static final String DELETE = "delete from macp_runtime.policies where policy_id = ?";

  private final DataSource dataSource;

  public PolicyStore(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** All registered policies by id, without the built-in one. */
  public List<PolicyDescriptor> listAll() {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select = connection.prepareStatement(ALL);
        ResultSet row = select.executeQuery()) {
      List<PolicyDescriptor> policies = new ArrayList<>();
      while (row.next()) {
        policies.add(
            new PolicyDescriptor(
                row.getString("policy_id"),
                row.getString("mode"),
                row.getString("description"),
                TermsJson.rules(row.getString("rules")),
                row.getInt("schema_version"),
                row.getLong("registered_at_ms")));
      }
      return policies;
    } catch (SQLException e) {
      throw new StoreException("reading the policies", e);
    }
  }

  /** Adds a policy; one that is there already stays as it is. */
  public void add(PolicyDescriptor policy) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setString(1, policy.id());
      insert.setString(2, policy.mode());
      insert.setString(3, policy.description());
      insert.setString(4, policy.rules().text());
      insert.setInt(5, policy.schemaVersion());
      insert.setLong(6, policy.registeredAtUnixMs());
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new StoreException("storing a policy", e);
    }
  }

  /** Removes a policy; sessions that are bound to it keep their copy. */
  public void remove(String policyId) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement delete = connection.prepareStatement(DELETE)) {
      delete.setString(1, policyId);
      delete.executeUpdate();
    } catch (SQLException e) {
      throw new StoreException("removing a policy", e);
    }
  }
}
