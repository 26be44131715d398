// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.platform.http.BodyFields;
import jakarta.ws.rs.core.MultivaluedHashMap;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bodies of the document are those that the code reads: the same fields, as strict. */
class BodyReadingTest {
  /** What asks for something else before it reads: its runtime, or a builder of answers. */
  private static final Set<String> OUT_OF_REACH =
      Set.of("DemoResource.start", "LaunchResource.validate");

  /** Of these one of two must be given, which a schema of 3.0 cannot say plainly. */
  private static final Set<String> EITHER_OR = Set.of("policy", "policyId", "runId", "events");

  static Stream<Route> askedWithBody() throws IOException {
    Map<String, Object> document = ApiDocument.make();
    return Route.all().stream()
        .filter(
            route -> Arrays.asList(route.method().getParameterTypes()).contains(BodyFields.class))
        .filter(route -> !Operations.of(document, route).bodies().isEmpty())
        .filter(route -> !OUT_OF_REACH.contains(route.name()));
  }

  /** Remembers what it was asked for. */
  private static final class Asked extends LinkedHashMap<String, Object> {
    private static final long serialVersionUID = 1L;
    private final transient Set<String> names = new TreeSet<>();

    @Override
    public @Nullable Object get(@Nullable Object name) {
      names.add(String.valueOf(name));
      return super.get(name);
    }
  }

  @ParameterizedTest
  @MethodSource("askedWithBody")
  void namesWhatIsRead(Route route) throws IOException {
    Operations.Media body = body(route);
    Object asked = remembering(example(body));

    List<String> refusals = Bare.refusals(route, new MultivaluedHashMap<>(), Tree.object(asked));

    assertThat(refusals).isEmpty();
    compare("body", body.document(), body.schema(), asked);
  }

  /** The same tree, of objects that remember what they were asked for. */
  private static Object remembering(Object tree) {
    if (tree instanceof List<?> items) {
      return items.stream().map(BodyReadingTest::remembering).toList();
    }
    if (!(tree instanceof Map<?, ?>)) {
      return tree;
    }
    Asked asked = new Asked();
    Tree.object(tree).forEach((name, member) -> asked.put(name, remembering(member)));
    return asked;
  }

  private static void compare(
      String path, Map<String, Object> document, Map<String, Object> told, Object value) {
    Map<String, Object> schema = Samples.plain(document, told);
    Map<String, Object> properties = Tree.object(schema.get("properties"));
    if (value instanceof List<?> items) {
      items.forEach(item -> compare(path + "[]", document, Tree.object(schema.get("items")), item));
    } else if (value instanceof Asked asked && !properties.isEmpty()) {
      assertThat(asked.names).as(path).containsExactlyInAnyOrderElementsOf(properties.keySet());
      asked.forEach(
          (name, member) ->
              compare(path + "." + name, document, Tree.object(properties.get(name)), member));
    }
  }

  @ParameterizedTest
  @MethodSource("askedWithBody")
  void refusesOtherFieldsWhereItSaysSo(Route route) throws IOException {
    Operations.Media body = body(route);
    Map<String, Object> asked = new LinkedHashMap<>(example(body));
    asked.put("unheardOf", 1);

    List<String> refusals = Bare.refusals(route, new MultivaluedHashMap<>(), asked);

    boolean strict = Boolean.FALSE.equals(schema(body).get("additionalProperties"));
    assertThat(refusals)
        .isEqualTo(strict ? List.of("property unheardOf should not exist") : List.of());
  }

  @ParameterizedTest
  @MethodSource("askedWithBody")
  void needsWhatIsRequired(Route route) throws IOException {
    Operations.Media body = body(route);
    for (Object name : Tree.list(schema(body).get("required"))) {
      Map<String, Object> asked = new LinkedHashMap<>(example(body));
      asked.remove(String.valueOf(name));

      List<String> refusals = Bare.refusals(route, new MultivaluedHashMap<>(), asked);

      assertThat(refusals).as("without %s", name).isNotEmpty();
      assertThat(refusals).first().asString().startsWith(name + " ");
    }
  }

  @ParameterizedTest
  @MethodSource("askedWithBody")
  void needsNothingElse(Route route) throws IOException {
    Operations.Media body = body(route);
    Set<String> others = new TreeSet<>(Tree.object(schema(body).get("properties")).keySet());
    Tree.list(schema(body).get("required")).forEach(others::remove);
    others.removeAll(EITHER_OR);
    for (String name : others) {
      Map<String, Object> asked = new LinkedHashMap<>(example(body));
      asked.remove(name);

      assertThat(Bare.refusals(route, new MultivaluedHashMap<>(), asked))
          .as("without %s", name)
          .isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("askedWithBody")
  void keepsTheBoundsThatAreRead(Route route) throws IOException {
    Operations.Media body = body(route);
    Map<String, Object> properties = Tree.object(schema(body).get("properties"));
    for (Map.Entry<String, Object> property : properties.entrySet()) {
      Map<String, Object> schema = Samples.plain(body.document(), Tree.object(property.getValue()));
      for (Object wrong : Samples.wrongMembers(schema)) {
        Map<String, Object> asked = new LinkedHashMap<>(example(body));
        asked.put(property.getKey(), wrong);

        List<String> refusals = Bare.refusals(route, new MultivaluedHashMap<>(), asked);

        assertThat(refusals).as("%s as %s", property.getKey(), wrong).isNotEmpty();
      }
    }
  }

  private static Operations.Media body(Route route) throws IOException {
    return Operations.of(ApiDocument.make(), route).bodies().getFirst();
  }

  private static Map<String, Object> schema(Operations.Media body) {
    return Samples.plain(body.document(), body.schema());
  }

  private static Map<String, Object> example(Operations.Media body) {
    return Tree.object(body.example().orElseThrow());
  }
}
