// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.embedded.server.FreshRuntime;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every vector of the public conformance set, through real gRPC, each as a test of its own. */
class ConformanceIT {
  private static FreshRuntime runtime;
  private static Target target;

  @BeforeAll
  static void startRuntime() throws IOException {
    runtime = FreshRuntime.start();
    target = Target.inside(runtime.address(), runtime);
  }

  @AfterAll
  static void stopRuntime() {
    target.close();
    runtime.close();
  }

  @TestFactory
  Stream<DynamicTest> vectors() throws IOException, URISyntaxException {
    Path folder = Path.of(ConformanceIT.class.getResource("/conformance/macp").toURI());
    List<Vector> vectors = Vectors.in(folder);
    assertThat(vectors).as("vectors").hasSizeGreaterThanOrEqualTo(10);
    return vectors.stream()
        .map(vector -> DynamicTest.dynamicTest(vector.name(), () -> vector.run(target)));
  }
}
