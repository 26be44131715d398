// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.datasource;

import io.macp.controlplane.datasource.DatabaseUrl.MalformedUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/** The URL form of the driver, from which user and password are taken out. */
final class JdbcForm {
  static final String PREFIX = "jdbc:postgresql:";

  private JdbcForm() {}

  static DatabaseUrl parse(String url) throws MalformedUrl {
    int query = url.indexOf('?');
    String place = query < 0 ? url : url.substring(0, query);
    if (place.indexOf('@') >= 0) {
      throw new MalformedUrl("has user information before the host, which JDBC URLs do not take");
    }
    List<String> kept = new ArrayList<>();
    String user = null;
    String password = null;
    for (String parameter : parameters(url, query)) {
      if (parameter.startsWith("user=")) {
        user = PercentCode.decodeForm(parameter.substring("user=".length()));
      } else if (parameter.startsWith("password=")) {
        password = PercentCode.decodeForm(parameter.substring("password=".length()));
      } else {
        kept.add(parameter);
      }
    }
    return checked(kept.isEmpty() ? place : place + "?" + String.join("&", kept), user, password);
  }

  /** The value, once the driver has understood the URL. */
  static DatabaseUrl checked(String url, @Nullable String user, @Nullable String password)
      throws MalformedUrl {
    if (Driver.parseURL(url, null) == null) {
      throw new MalformedUrl("has a host, port or database that cannot be read");
    }
    return new DatabaseUrl(url, Optional.ofNullable(user), Optional.ofNullable(password));
  }

  private static List<String> parameters(String url, int query) {
    return query < 0
        ? List.of()
        : List.of(url.substring(query + 1).split("&", -1)).stream()
            .filter(parameter -> !parameter.isEmpty())
            .toList();
  }
}
