// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code bin/macp} does with a domain before the server starts, of which there is none here.
 */
class PayaraScriptTest {
  @TempDir Path folder;
  private Path delivered;
  private Path kept;

  @BeforeEach
  void deliver() throws IOException {
    Path home = folder.resolve("home");
    delivered = home.resolve("glassfish/domains/domain1");
    kept = folder.resolve("kept/domain");
    program(home.resolve("bin/macp"), Files.readString(Path.of("server-config/payara/bin/macp")));
    // Names the command that would start the server, as the real one does.
    program(home.resolve("bin/asadmin"), "#!/bin/sh\necho /bin/true\n");
    write(delivered.resolve("config/domain.xml"), "<delivered/>");
    write(delivered.resolve("config/admin-keyfile.distribution"), "admin");
    write(delivered.resolve("lib/driver.jar"), "driver 1");
    release("1");
  }

  @Test
  void makesDomainThatIsMissing() throws Exception {
    start();

    assertThat(text("config/domain.xml")).isEqualTo("<delivered/>");
    assertThat(text("lib/driver.jar")).isEqualTo("driver 1");
    assertThat(text("applications/macp-control-plane/release")).isEqualTo("application 1");
  }

  @Test
  void putsTheApplicationOfNewReleaseIntoKeptDomainAndLeavesWhatWasSetThere() throws Exception {
    start();
    write(kept.resolve("config/domain.xml"), "<set-by-an-administrator/>");
    write(kept.resolve("lib/of-an-administrator.jar"), "theirs");
    write(kept.resolve("applications/macp-control-plane/WEB-INF/lib/old.jar"), "old");
    write(kept.resolve("generated/of-the-old-one"), "old");
    release("2");
    write(delivered.resolve("lib/driver.jar"), "driver 2");

    assertThat(start()).contains("is now that of this release");

    assertThat(text("applications/macp-control-plane/release")).isEqualTo("application 2");
    assertThat(text("lib/driver.jar")).isEqualTo("driver 2");
    assertThat(text("lib/of-an-administrator.jar")).isEqualTo("theirs");
    assertThat(text("config/domain.xml")).isEqualTo("<set-by-an-administrator/>");
    assertThat(kept.resolve("applications/macp-control-plane/WEB-INF/lib/old.jar")).doesNotExist();
    assertThat(kept.resolve("generated")).doesNotExist();
  }

  @Test
  void leavesDomainOfTheSameReleaseAlone() throws Exception {
    start();
    write(kept.resolve("generated/by-the-server"), "kept");

    assertThat(start()).isEmpty();

    assertThat(text("generated/by-the-server")).isEqualTo("kept");
  }

  private void release(String name) throws IOException {
    write(delivered.resolve("config/release"), name);
    write(delivered.resolve("applications/macp-control-plane/release"), "application " + name);
  }

  private String text(String file) throws IOException {
    return Files.readString(kept.resolve(file));
  }

  private String start() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(folder.resolve("home/bin/macp").toString()).redirectErrorStream(true);
    builder.environment().put("PAYARA_DOMAIN_DIR", kept.toString());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }

  private static void program(Path file, String text) throws IOException {
    write(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
