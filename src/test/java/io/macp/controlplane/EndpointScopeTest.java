// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import io.macp.controlplane.access.scope.Requires;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every endpoint says what a caller needs. */
class EndpointScopeTest {
  @Test
  void everyEndpointNamesWhatACallerNeeds() {
    assertThat(endpoints()).isNotEmpty();
    assertThat(endpoints().filter(method -> !method.isAnnotatedWith(Requires.class))).isEmpty();
  }

  /** Without a scope anybody with any key comes in: these are all that may be so. */
  @Test
  void fewEndpointsNeedNoScope() {
    List<String> open =
        endpoints()
            .filter(method -> method.getAnnotationOfType(Requires.class).value().length == 0)
            .map(method -> method.getOwner().getSimpleName() + "." + method.getName())
            .sorted()
            .toList();

    assertThat(open)
        .containsExactly(
            "DocsResource.document",
            "DocsResource.pages",
            "FrontDoorResource.describe",
            "ProbeResource.alive",
            "ProbeResource.ready");
  }

  private static Stream<JavaMethod> endpoints() {
    return Product.classes().stream()
        .filter(type -> type.isAnnotatedWith(Path.class))
        .map(JavaClass::getMethods)
        .flatMap(methods -> methods.stream())
        .filter(method -> method.isMetaAnnotatedWith(HttpMethod.class));
  }
}
