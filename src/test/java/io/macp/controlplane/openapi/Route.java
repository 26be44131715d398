// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.openapi;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.macp.controlplane.access.scope.Requires;
import io.macp.controlplane.access.scope.Scope;
import io.macp.controlplane.console.DocsResource;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a resource class says of one of its methods. */
record Route(Method method) {
  private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");
  private static final List<String> VERBS = List.of("get", "post", "put", "patch", "delete");
  private static final List<Route> ALL = find();

  /** Every method that the server answers with, but for those that lead to the document itself. */
  static List<Route> all() {
    return ALL;
  }

  private static List<Route> find() {
    return new ClassFileImporter()
            .importPath(java.nio.file.Path.of("target", "classes", "io", "macp", "controlplane"))
            .stream()
            .filter(type -> type.isAnnotatedWith(Path.class))
            .filter(type -> !type.isEquivalentTo(DocsResource.class))
            .map(JavaClass::reflect)
            .flatMap(type -> Stream.of(type.getDeclaredMethods()))
            .map(Route::new)
            .filter(route -> route.findVerb().isPresent())
            .sorted(
                Comparator.comparing(Route::path)
                    .thenComparing(route -> VERBS.indexOf(route.verb())))
            .toList();
  }

  /** Such as {@code RunResource.list}. */
  String name() {
    return method.getDeclaringClass().getSimpleName() + "." + method.getName();
  }

  private Optional<String> findVerb() {
    return Arrays.stream(method.getAnnotations())
        .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
        .filter(found -> found != null)
        .map(found -> found.value().toLowerCase(Locale.ROOT))
        .findFirst();
  }

  String verb() {
    return findVerb().orElseThrow();
  }

  String path() {
    Path below = method.getAnnotation(Path.class);
    String path =
        method.getDeclaringClass().getAnnotation(Path.class).value()
            + "/"
            + (below == null ? "" : below.value());
    String single = path.replaceAll("/+", "/");
    return single.length() > 1 ? single.replaceAll("/$", "") : single;
  }

  List<String> pathParameters() {
    return PARAMETER.matcher(path()).results().map(match -> match.group(1)).toList();
  }

  List<String> scopes() {
    return Arrays.stream(method.getAnnotation(Requires.class).value())
        .map(Scope::wireName)
        .toList();
  }

  /** Served to anybody. */
  boolean isPublic() {
    return List.of("/healthz", "/readyz").contains(path());
  }

  String tag() {
    Tag tag = method.getDeclaringClass().getAnnotation(Tag.class);
    return tag == null ? "service" : tag.name();
  }

  Optional<String> summary() {
    return Optional.ofNullable(method.getAnnotation(Operation.class))
        .map(Operation::summary)
        .filter(text -> !text.isEmpty());
  }

  Optional<String> description() {
    return Optional.ofNullable(method.getAnnotation(Operation.class))
        .map(Operation::description)
        .filter(text -> !text.isEmpty());
  }

  /** What each status means, as far as the annotations say. */
  Map<Integer, String> meanings() {
    Map<Integer, String> meanings = new TreeMap<>();
    for (APIResponse response : method.getAnnotationsByType(APIResponse.class)) {
      meanings.put(Integer.valueOf(response.responseCode()), response.description());
    }
    return meanings;
  }
}
