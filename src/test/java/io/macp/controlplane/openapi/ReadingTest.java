// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The query parameters of the document are those that the code reads, with its bounds. */
class ReadingTest {
  static Stream<Route> askedWithQuery() {
    return Route.all().stream()
        .filter(route -> Arrays.asList(route.method().getParameterTypes()).contains(UriInfo.class));
  }

  /** Remembers what it was asked for. */
  private static final class Asked extends MultivaluedHashMap<String, String> {
    private static final long serialVersionUID = 1L;
    private final transient Set<String> names = new TreeSet<>();

    @Override
    public List<String> getOrDefault(Object name, List<String> fallback) {
      names.add(String.valueOf(name));
      return super.getOrDefault(name, fallback);
    }
  }

  @ParameterizedTest
  @MethodSource("askedWithQuery")
  void namesWhatIsRead(Route route) throws IOException {
    Asked query = new Asked();

    var unused = Bare.refusals(route, query, Map.of());

    assertThat(query.names).containsExactlyInAnyOrderElementsOf(parameters(route).keySet());
  }

  @ParameterizedTest
  @MethodSource("askedWithQuery")
  void keepsTheBoundsThatAreRead(Route route) throws IOException {
    for (Map.Entry<String, Map<String, Object>> parameter : parameters(route).entrySet()) {
      for (String good : Samples.good(parameter.getValue())) {
        assertThat(refusals(route, parameter.getKey(), good))
            .as("%s of %s may be %s", parameter.getKey(), route.name(), good)
            .noneMatch(message -> message.startsWith(parameter.getKey() + " "));
      }
      for (String wrong : Samples.wrong(parameter.getValue())) {
        assertThat(refusals(route, parameter.getKey(), wrong))
            .as("%s of %s may not be %s", parameter.getKey(), route.name(), wrong)
            .anyMatch(message -> message.startsWith(parameter.getKey() + " "));
      }
    }
  }

  private static List<String> refusals(Route route, String name, String value) throws IOException {
    Asked query = new Asked();
    parameters(route)
        .forEach(
            (other, schema) -> {
              if (schema.get("minimum") instanceof Number least) {
                query.putSingle(other, least.toString());
              }
            });
    query.putSingle(name, value);
    return Bare.refusals(route, query, Map.of());
  }

  private static Map<String, Map<String, Object>> parameters(Route route) throws IOException {
    return Samples.queryParameters(ApiDocument.make(), route);
  }
}
