// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.console;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version that the build has written into the archive. */
final class ProductVersion {
  private static final String FACTS = "/META-INF/maven/io.macp/macp-control-plane/pom.properties";

  private ProductVersion() {}

  static String of(ServletContext application) {
    try (InputStream facts = application.getResourceAsStream(FACTS)) {
      Properties properties = new Properties();
      if (facts != null) {
        properties.load(facts);
      }
      return properties.getProperty("version", "development");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
