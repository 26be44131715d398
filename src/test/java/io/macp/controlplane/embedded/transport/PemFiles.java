// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.transport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** Self-signed certificates with their keys, as PEM files. */
public final class PemFiles {
  private static final String PASSWORD = "password";

  private PemFiles() {}

  /**
   * Makes a pair of files in the folder.
   *
   * @param names subject alternative names, such as {@code dns:agents.example}
   */
  public static TransportConfig.Tls selfSigned(Path folder, String names)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = folder.resolve("server.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=runtime",
                "-ext",
                "san=" + names,
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool failed");
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    byte[] key = keys.getKey("server", PASSWORD.toCharArray()).getEncoded();
    return new TransportConfig.Tls(
        write(folder, "CERTIFICATE", keys.getCertificate("server").getEncoded()),
        write(folder, "PRIVATE KEY", key));
  }

  private static Path write(Path folder, String label, byte[] der) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return Files.writeString(
        folder.resolve(label.replace(' ', '-') + ".pem"),
        "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
  }
}
