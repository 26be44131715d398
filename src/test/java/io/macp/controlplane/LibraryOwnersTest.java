// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which packages know a library. Everybody else asks them, so a new release of a library, or
 * another one in its place, is the business of its owners alone.
 */
class LibraryOwnersTest {
  private static final String ROOT = "io.macp.controlplane.";

  @ParameterizedTest
  @CsvSource({
    "io.opentelemetry, platform.trace",
    "org.eclipse.microprofile.metrics, meter",
    "org.eclipse.microprofile.health, ops",
    "org.eclipse.microprofile.config, platform platform.trace",
    "java.util.logging, ops datasource",
    "javax.management, doctor.edge",
    "org.flywaydb, ops.database",
    "io.zonky, ops.database",
    "org.eclipse.persistence, log",
    "org.postgresql, cluster datasource log.append",
    "com.fasterxml.jackson, cli platform transfer",
    "com.nimbusds, access.token embedded.identity",
    "java.net.http, cli embedded.identity platform.outbound runtime.credential",
  })
  void nobodyElseKnowsTheLibrary(String library, String owners) {
    String[] homes =
        Arrays.stream(owners.split(" ")).map(owner -> ROOT + owner).toArray(String[]::new);

    noClasses()
        .that()
        .resideOutsideOfPackages(homes)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library + "..")
        .check(Product.classes());
    for (String home : homes) {
      assertThat(Product.classes().stream())
          .as("%s of %s", home, library)
          .anyMatch(
              type ->
                  type.getPackageName().equals(home)
                      && type.getDirectDependenciesFromSelf().stream()
                          .anyMatch(
                              use -> use.getTargetClass().getPackageName().startsWith(library)));
    }
  }
}
