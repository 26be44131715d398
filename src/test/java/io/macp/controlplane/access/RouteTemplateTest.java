// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTemplateTest {
  @Path("/runs")
  static class Runs {
    public void list() {}

    @Path("/{id}/events")
    public void events() {}

    @Path("{id: [0-9]{3}}/{ name }")
    public void patterned() {}
  }

  @Path("/")
  static class Root {
    public void home() {}

    @Path("docs/")
    public void docs() {}
  }

  static class Generated extends Runs {}

  @ParameterizedTest
  @CsvSource({
    "Runs,list,/runs",
    "Runs,events,/runs/:id/events",
    "Runs,patterned,/runs/:id/:name",
    "Generated,events,/runs/:id/events",
    "Root,home,/",
    "Root,docs,/docs"
  })
  void joinsThePathsOfClassAndMethod(String type, String method, String expected)
      throws ReflectiveOperationException {
    Class<?> resource = Class.forName(RouteTemplateTest.class.getName() + "$" + type);

    assertThat(RouteTemplate.of(resource, resource.getMethod(method))).isEqualTo(expected);
  }
}
