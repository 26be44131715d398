// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import io.macp.controlplane.embedded.transport.TransportConfig;
import io.macp.controlplane.platform.Ids;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import org.postgresql.ds.PGSimpleDataSource;

/** The embedded runtime in a process of its own, so that a test can kill it. */
final class RuntimeProcess {
  private RuntimeProcess() {}

  static Process launch(String url) throws IOException {
    return launch(url, 0);
  }

  /** The same on a port that its clients know already. */
  static Process launch(String url, int port) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            java,
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            RuntimeProcess.class.getName(),
            url,
            Integer.toString(port))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Prints the port and serves until it is killed. */
  public static void main(String[] args) throws InterruptedException {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setURL(args[0]);
    EmbeddedRuntime runtime =
        EmbeddedRuntime.start(
            Runtimes.config(TransportConfig.loopback(Integer.parseInt(args[1]))),
            dataSource,
            Clock.systemUTC(),
            Ids.random());
    System.out.println(runtime.port());
    new CountDownLatch(1).await();
  }
}
