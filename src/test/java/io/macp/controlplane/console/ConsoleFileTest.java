// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleFileTest {
  @ParameterizedTest
  @CsvSource({
    "a.js,text/javascript",
    "a.mjs,text/javascript",
    "a.CSS,text/css",
    "index.html,text/html;charset=UTF-8",
    "a.svg,image/svg+xml",
    "a.json,application/json",
    "LICENSE,application/octet-stream"
  })
  void hasTheTypeThatBrowsersInsistOn(String name, String expected) {
    assertThat(file("/console/" + name, "x").contentType()).isEqualTo(expected);
  }

  @Test
  void isCachedAccordingToItsAddress() {
    assertThat(file("/console/a.js", "x").cacheControl()).isEqualTo("no-cache");
    assertThat(file("/index.html", "x").cacheControl()).isEqualTo("no-cache");
    assertThat(file("/webjars/lit-html/3.3.2/a.js", "x").cacheControl())
        .isEqualTo("public, max-age=31536000, immutable");
  }

  @Test
  void isTaggedByItsContent() {
    assertThat(file("/a", "x").tag()).isEqualTo(file("/b", "x").tag());
    assertThat(file("/a", "x").tag()).isNotEqualTo(file("/a", "y").tag());
    assertThat(file("/a", "x").tag()).matches("W/\"[A-Za-z0-9_-]{16}\"");
  }

  @Test
  void recognisesItselfInTheListOfTheClient() {
    ConsoleFile file = file("/a", "x");
    String strong = file.tag().substring(2);

    assertThat(file.isKnownTo(file.tag())).isTrue();
    assertThat(file.isKnownTo("\"other\", " + strong)).isTrue();
    assertThat(file.isKnownTo("*")).isTrue();
    assertThat(file.isKnownTo("\"other\"")).isFalse();
    assertThat(file.isKnownTo(null)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip",
        "GZIP",
        "deflate, gzip, br",
        "gzip;q=0.5",
        "gzip ; q=1.0, identity",
        "br;q=0, gzip;q=0.001"
      })
  void isPackedForWhoeverUnpacks(String accepted) throws IOException {
    String text = "text ".repeat(1_000);
    byte[] packed = file("/console/a.js", text).packedFor(accepted).orElseThrow();

    assertThat(packed.length).isLessThan(text.length() / 10);
    try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      assertThat(new String(unpacked.readAllBytes(), UTF_8)).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {"none", "identity", "gzip;q=0", "gzip;q=0.000", "x-gzipped", "br, deflate"})
  void isLeftAsItIsForOthers(@Nullable String accepted) {
    assertThat(file("/console/a.js", "text ".repeat(1_000)).packedFor(accepted)).isEmpty();
  }

  @Test
  void packsNeitherPicturesNorWhatIsSmall() {
    assertThat(file("/console/a.png", "text ".repeat(1_000)).packedFor("gzip")).isEmpty();
    assertThat(file("/console/a.js", "text").packedFor("gzip")).isEmpty();
  }

  private static ConsoleFile file(String path, String content) {
    return new ConsoleFile(path, content.getBytes(UTF_8));
  }
}
