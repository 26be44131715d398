// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.testing;

import java.io.File;
import java.net.URISyntaxException;
import org.assertj.core.api.Assertions;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * The packaged application for tests that run inside the server. A test class returns it from its
 * {@code @Deployment}, is itself added by Arquillian, and may then inject any bean:
 *
 * <pre>{@code
 * @ArquillianTest
 * class LedgerIT {
 *   @Deployment
 *   static WebArchive application() {
 *     return DeployedApplication.archive();
 *   }
 * }
 * }</pre>
 */
public final class DeployedApplication {
  private DeployedApplication() {}

  /** The WAR as the build has packaged it, with AssertJ added. */
  public static WebArchive archive() {
    File war = new File(System.getProperty("application.war", "target/macp-control-plane.war"));
    return ShrinkWrap.createFromZipFile(WebArchive.class, war)
        .addAsLibraries(jarOf(Assertions.class));
  }

  private static File jarOf(Class<?> type) {
    try {
      return new File(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
