// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parameters of an operation. */
final class Parameters {
  private static final String SAMPLE_ID = "123e4567-e89b-42d3-a456-426614174000";

  private Parameters() {}

  /** Those of the path first, in its order. */
  static List<Object> of(Route route, Description description) {
    List<Object> parameters = new ArrayList<>();
    for (String name : route.pathParameters()) {
      Optional<Description.Parameter> told =
          description.parameters.stream()
              .filter(parameter -> parameter.place().equals("path"))
              .filter(parameter -> parameter.name().equals(name))
              .findFirst();
      parameters.add(parameter(told.orElseGet(() -> id(route, name))));
    }
    description.parameters.stream()
        .filter(parameter -> !parameter.place().equals("path"))
        .forEach(parameter -> parameters.add(parameter(parameter)));
    return parameters;
  }

  private static Description.Parameter id(Route route, String name) {
    if (!name.equals("id")) {
      throw new IllegalStateException(route.name() + " does not describe {" + name + "}");
    }
    return new Description.Parameter("path", name, "uuid", "Id of the " + thing(route) + ".");
  }

  private static String thing(Route route) {
    return switch (route.path().split("/", -1)[1]) {
      case "runs" -> "run";
      case "webhooks" -> "subscription";
      default -> "key";
    };
  }

  private static Map<String, Object> parameter(Description.Parameter told) {
    Map<String, Object> parameter = TypeNotation.map("name", told.name());
    parameter.put("in", told.place());
    if (!told.meaning().isEmpty()) {
      parameter.put("description", told.meaning());
    }
    parameter.put("required", told.place().equals("path"));
    if (told.type().startsWith("csv")) {
      parameter.put("style", "form");
      parameter.put("explode", false);
    }
    parameter.put("schema", TypeNotation.schema(told.type()));
    if (told.place().equals("path")) {
      parameter.put("example", told.type().equals("uuid") ? SAMPLE_ID : "policy.default");
    }
    return parameter;
  }
}
