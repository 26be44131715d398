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
    assertThat(TidyRequest.tidyQuery(sent)).isEqualTo(expected);
  }

  @Test
  void encodesBracketsInPathsOnly() {
    assertThat(TidyRequest.tidyPath("/runs/[]|")).isEqualTo("/runs/%5B%5D%7C");
    assertThat(TidyRequest.tidyQuery("a[]=1")).isEqualTo("a[]=1");
  }

  @Test
  void makesAUriOfAnything() {
    StringBuilder all = new StringBuilder("http://127.0.0.1:3001/x?q=");
    for (char sign = 0; sign < 0x100; sign++) {
      all.append(sign);
    }

    assertThat(URI.create(TidyRequest.tidyQuery(all.toString())).getRawQuery())
        .startsWith("q=%00%01");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "~application/json~; ~application/json~",
        "~application/json; charset=utf-8~; ~application/json; charset=utf-8~",
        "~a/b;c=\"d e\"~; ~a/b;c=\"d e\"~",
        "~~; application/octet-stream",
        "~application/~; application/octet-stream",
        "~nonsense~; application/octet-stream",
        "~a/b;c=\"~; application/octet-stream",
        "~a/b;c~; application/octet-stream",
        "~a b/c~; application/octet-stream"
      })
  void takesABodyOfNoMediaTypeForOneThatNobodyReads(String sent, String expected) {
    assertThat(TidyRequest.tidyHeader("content-TYPE", sent)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/html,application/json;q=0.9,*/*;q=0.8 | text/html,application/json;q=0.9,*/*;q=0.8",
        "*/* | */*",
        "nonsense | */*",
        "text/html, | */*",
        "text/html;q | */*"
      })
  void takesWhoeverAsksForNoMediaTypeForOneWhoTakesAnything(String sent, String expected) {
    assertThat(TidyRequest.tidyHeader("Accept", sent)).isEqualTo(expected);
  }

  @Test
  void leavesOtherHeadersAsTheyAre() {
    assertThat(TidyRequest.tidyHeader("Origin", "nonsense")).isEqualTo("nonsense");
    assertThat(TidyRequest.tidyHeader("Accept", null)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "/runs/x,true",
    "/runs/%C3%A9%F0%9F%98%80,true",
    "/runs/%zz%,true",
    "/runs/%FF,false",
    "/runs/%C3,false",
    "/runs/%C0%AF,false",
    "/runs/%ED%A0%80,false"
  })
  void knowsWhatIsUtf8(String path, boolean expected) {
    assertThat(TidyRequest.isUtf8(path)).isEqualTo(expected);
  }
}
