// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import io.macp.controlplane.platform.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The dashboard and the alert rules that come with the product, and what they ask for. */
final class Watching {
  private static final Path FOLDER = Path.of("server-config/grafana");
  private static final Pattern RULE = Pattern.compile("(?m)^ +expr: '(.*)'$");
  private static final Pattern RUNBOOK = Pattern.compile("(?m)^ +runbook: (\\S+)#(\\S+)$");
  private static final Pattern ALERT = Pattern.compile("(?m)^ +- alert: (\\w+)$");
  private static final Pattern GROUPING =
      Pattern.compile("\\b(?:by|on|without|ignoring) ?\\(([^)]*)\\)");
  private static final Pattern METRIC =
      Pattern.compile("\\b([a-zA-Z_][a-zA-Z0-9_]*)\\b(?!\\s*\\()(?:\\{([^}]*)\\})?");
  private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)");
  private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset");

  /** Added by whoever scrapes. */
  private static final Set<String> OF_THE_SCRAPER = Set.of("instance", "job");

  private Watching() {}

  static String text(String file) {
    try {
      return Files.readString(FOLDER.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The panels that show something. */
  static List<Map<String, @Nullable Object>> panels() {
    return Api.objects(Json.readTree(text("dashboard.json")).get("panels")).stream()
        .filter(panel -> !"row".equals(panel.get("type")))
        .toList();
  }

  static List<String> rows() {
    return Api.objects(Json.readTree(text("dashboard.json")).get("panels")).stream()
        .filter(panel -> "row".equals(panel.get("type")))
        .map(panel -> String.valueOf(panel.get("title")))
        .toList();
  }

  static List<String> alerts() {
    return ALERT.matcher(text("alerts.yaml")).results().map(found -> found.group(1)).toList();
  }

  /** Of each alert, in order, the page and its chapter. */
  static List<MatchResult> runbooks() {
    return RUNBOOK.matcher(text("alerts.yaml")).results().toList();
  }

  /** Every expression of both. */
  static List<String> expressions() {
    Stream<String> shown =
        panels().stream()
            .flatMap(panel -> Api.objects(panel.get("targets")).stream())
            .map(target -> String.valueOf(target.get("expr")));
    Stream<String> watched =
        RULE.matcher(text("alerts.yaml")).results().map(found -> found.group(1));
    return Stream.concat(shown, watched).toList();
  }

  /** The metrics of an expression, each with the labels that it must have. */
  static Map<String, Set<String>> asked(String expression) {
    Set<String> grouped = new TreeSet<>();
    Matcher groups = GROUPING.matcher(expression);
    String rest =
        groups.replaceAll(
            group -> {
              Stream.of(group.group(1).split(",", -1)).map(String::trim).forEach(grouped::add);
              return " ";
            });
    rest = rest.replaceAll("\\[[^\\]]*\\]", "");
    Map<String, Set<String>> asked = new TreeMap<>();
    for (MatchResult metric : METRIC.matcher(rest).results().toList()) {
      if (WORDS.contains(metric.group(1))) {
        continue;
      }
      Set<String> labels = asked.computeIfAbsent(metric.group(1), name -> new TreeSet<>(grouped));
      String matchers = metric.group(2) == null ? "" : metric.group(2);
      MATCHER
          .matcher(matchers.replaceAll("\"[^\"]*\"", ""))
          .results()
          .forEach(label -> labels.add(label.group(1)));
      labels.removeAll(OF_THE_SCRAPER);
    }
    return asked;
  }
}
