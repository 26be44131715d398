// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.macp.controlplane.access.scope.Requires;
import io.macp.controlplane.access.scope.Scope;
import io.macp.controlplane.platform.http.BodyFields;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Every endpoint of the product, read from its resource classes, so that none can be forgotten. */
final class Endpoints {
  /** The id of nothing. */
  static final String ID = "123e4567-e89b-42d3-a456-426614174000";

  private static final List<String> PUBLIC = List.of("/healthz", "/readyz", "/docs", "/docs-json");

  private Endpoints() {}

  /**
   * One endpoint.
   *
   * @param template the path with its parameters as {@code {name}}
   * @param readsFields whether it reads the fields of a JSON body
   */
  record Endpoint(String method, String template, List<Scope> required, boolean readsFields) {
    /** The path with an id that nothing has in the place of each parameter. */
    String path() {
      return template.replaceAll("\\{[^}]*}", ID);
    }

    /** The endpoint as tables name it. */
    String name() {
      return method + " " + template;
    }

    boolean isPublic() {
      return PUBLIC.contains(template);
    }

    boolean admits(List<Scope> granted) {
      return granted.contains(Scope.ADMIN) || granted.containsAll(required);
    }

    @Override
    public String toString() {
      return name() + " needs " + required.stream().map(Scope::wireName).toList();
    }
  }

  static List<Endpoint> all() {
    java.nio.file.Path classes =
        java.nio.file.Path.of("target", "classes", "io", "macp", "controlplane");
    return new ClassFileImporter()
        .importPath(classes).stream()
            .filter(type -> type.isAnnotatedWith(Path.class))
            .flatMap(Endpoints::of)
            .sorted(Comparator.comparing(Endpoint::path).thenComparing(Endpoint::method))
            .toList();
  }

  private static Stream<Endpoint> of(JavaClass resource) {
    String base = resource.getAnnotationOfType(Path.class).value();
    return resource.getMethods().stream()
        .filter(method -> method.isMetaAnnotatedWith(HttpMethod.class))
        .map(method -> of(base, method));
  }

  private static Endpoint of(String base, JavaMethod method) {
    String path =
        base + "/" + method.tryGetAnnotationOfType(Path.class).map(Path::value).orElse("");
    String verb =
        method.getAnnotations().stream()
            .map(annotation -> annotation.getRawType())
            .flatMap(type -> type.tryGetAnnotationOfType(HttpMethod.class).stream())
            .map(HttpMethod::value)
            .findFirst()
            .orElseThrow();
    String tidy = path.replaceAll("/+", "/");
    return new Endpoint(
        verb,
        tidy.length() > 1 ? tidy.replaceAll("/$", "") : tidy,
        List.of(method.getAnnotationOfType(Requires.class).value()),
        method.getRawParameterTypes().stream()
            .anyMatch(type -> type.isEquivalentTo(BodyFields.class)));
  }
}
