// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TidyRequestTest {
  @ParameterizedTest
  @CsvSource({
    "/runs?search=a|b,/runs?search=a%7Cb",
    "q=%zz,q=%25zz",
    "q=%4,q=%254",
    "q=%,q=%25",
    "q=%7C,q=%7C",
    "'q={\"x\"}',q=%7B%22x%22%7D",
    "q=\u00e9,q=%E9",
    "q=\u20ac,q=%E2%82%AC",
    "a=1&b=[2]:@!$'()*;/?,a=1&b=[2]:@!$'()*;/?"
  })
  void encodesWhatTheContainerWouldStumbleOver(String sent, String expected) {
    assertThat(TidyRequest.tidy(sent)).isEqualTo(expected);
  }

  @Test
  void makesAUriOfAnything() {
    StringBuilder all = new StringBuilder("http://127.0.0.1:3001/x?q=");
    for (char sign = 0; sign < 0x100; sign++) {
      all.append(sign);
    }

    assertThat(URI.create(TidyRequest.tidy(all.toString())).getRawQuery()).startsWith("q=%00%01");
  }
}
