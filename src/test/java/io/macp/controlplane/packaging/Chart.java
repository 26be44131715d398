// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** The chart as Helm renders it with one file of values; one resource of a kind. */
record Chart(String text, List<JsonNode> resources) {
  static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Helm HELM = new Helm(Path.of("packaging/helm/macp-control-plane"));
  private static final Path VALUES = Path.of("src/test/resources/packaging");

  static List<String> lint() {
    return HELM.lint().strict().call().getMessages();
  }

  static Chart with(String values) {
    return of(template(values).call());
  }

  /** One value set beside those that must be; throws when Helm refuses. */
  static Chart with(String values, String name, String value) {
    return of(template(values).set(name, value).call());
  }

  private static TemplateCommand template(String values) {
    return HELM.template()
        .withName("macp")
        .withKubeVersion("1.29.0")
        .withValuesFile(VALUES.resolve(values));
  }

  static JsonNode yaml(String path) {
    try {
      return YAML.readTree(Known.text(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Chart of(String text) {
    try (var parsed = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
      return new Chart(
          text, parsed.readAll().stream().filter(resource -> resource.isObject()).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> kinds() {
    return resources.stream().map(resource -> resource.path("kind").asText()).toList();
  }

  JsonNode kind(String kind) {
    return resources.stream()
        .filter(resource -> resource.path("kind").asText().equals(kind))
        .findFirst()
        .orElseThrow(() -> new AssertionError(kind + " is not among " + kinds()));
  }

  JsonNode pod() {
    return kind("Deployment").at("/spec/template/spec");
  }

  JsonNode container() {
    return pod().at("/containers/0");
  }

  /** A variable of the container, with its value or where it comes from. */
  JsonNode variable(String name) {
    for (JsonNode variable : container().path("env")) {
      if (variable.path("name").asText().equals(name)) {
        return variable;
      }
    }
    throw new AssertionError(name + " is not set: " + container().path("env"));
  }
}
