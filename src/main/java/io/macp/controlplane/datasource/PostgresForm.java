// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.datasource;

import io.macp.controlplane.datasource.DatabaseUrl.MalformedUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The URL form of the database's own tools, rewritten to the driver's. */
final class PostgresForm {
  private static final List<String> SCHEMES = List.of("postgres://", "postgresql://");

  /** Parameters that the database's tools and the driver spell differently. */
  private static final Map<String, String> RENAMED =
      Map.of("connect_timeout", "connectTimeout", "application_name", "ApplicationName");

  private PostgresForm() {}

  static DatabaseUrl parse(String url) throws MalformedUrl {
    String rest = withoutScheme(url);
    int query = rest.indexOf('?');
    String place = query < 0 ? rest : rest.substring(0, query);
    int slash = place.indexOf('/');
    String authority = slash < 0 ? place : place.substring(0, slash);
    String database = slash < 0 ? "" : place.substring(slash + 1);

    int at = authority.lastIndexOf('@');
    String login = at < 0 ? "" : authority.substring(0, at);
    String hosts = checkedHosts(authority.substring(at + 1));
    int colon = login.indexOf(':');
    String user = colon < 0 ? login : login.substring(0, colon);
    String password = colon < 0 ? null : decode(login.substring(colon + 1), "password");

    String jdbcUrl =
        JdbcForm.PREFIX
            + "//"
            + hosts
            + "/"
            + PercentCode.encode(decode(database, "database"))
            + parameters(query < 0 ? "" : rest.substring(query + 1));
    return JdbcForm.checked(jdbcUrl, user.isEmpty() ? null : decode(user, "user"), password);
  }

  private static String withoutScheme(String url) throws MalformedUrl {
    for (String scheme : SCHEMES) {
      if (url.regionMatches(true, 0, scheme, 0, scheme.length())) {
        return url.substring(scheme.length());
      }
    }
    throw new MalformedUrl("does not begin with postgres:// or jdbc:postgresql:");
  }

  private static String checkedHosts(String hosts) throws MalformedUrl {
    if (hosts.isEmpty()) {
      throw new MalformedUrl("names no host");
    }
    for (String host : hosts.split(",", -1)) {
      String port = portOf(host);
      if (port != null && !port.matches("\\d{1,5}")) {
        throw new MalformedUrl(
            "has a port that is not a number (special characters in user or password must be"
                + " percent-encoded)");
      }
    }
    return hosts;
  }

  private static @Nullable String portOf(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(colon + 1) : null;
  }

  private static String parameters(String query) throws MalformedUrl {
    List<String> parameters = new ArrayList<>();
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      if (equals > 0) {
        String name = decode(parameter.substring(0, equals), "parameter");
        String value = decode(parameter.substring(equals + 1), "parameter");
        parameters.add(RENAMED.getOrDefault(name, name) + "=" + PercentCode.encode(value));
      }
    }
    return parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
  }

  private static String decode(String text, String part) throws MalformedUrl {
    return PercentCode.decode(text)
        .orElseThrow(
            () -> new MalformedUrl("has a '%' in the " + part + " that begins no %XX escape"));
  }
}
