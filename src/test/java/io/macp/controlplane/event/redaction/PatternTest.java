// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.event.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternTest {
  private static final long SEED = 20260301L;

  private static String redact(String pattern, String text) throws InvalidPattern {
    return new TextRules(List.of(Program.of(pattern))).text(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "sk-[A-Za-z0-9]{4,} ! key sk-abc123 end ! key [REDACTED] end",
        "sk-[A-Za-z0-9]{4,} ! sk-abc ! sk-abc",
        "\\d{3}-\\d{4} ! call 555-1234 or 555-9999 ! call [REDACTED] or [REDACTED]",
        "(?i)password=\\S+ ! PassWord=hunter2 x ! [REDACTED] x",
        "a|ab ! ab ! [REDACTED]b",
        "(a|ab)(c|bcd) ! abcd ! [REDACTED]",
        "'\".*?\"' ! 'x\"y\"z\"w\"' ! 'x[REDACTED]z[REDACTED]'",
        "'\".*\"' ! 'x\"y\"z\"w\"' ! 'x[REDACTED]'",
        "\\bcat\\b ! cat concat cat. ! [REDACTED] concat [REDACTED].",
        "\\Bcat ! cat concat ! cat con[REDACTED]",
        "^a ! aa ! [REDACTED]a",
        "a$ ! aa ! a[REDACTED]",
        "[^a-c]+ ! abcxyz ! abc[REDACTED]",
        "[]x] ! x ! x",
        "[\\]x-]+ ! a]-xb ! a[REDACTED]b",
        "x{2} ! xxx ! [REDACTED]x",
        "x{,2} ! x{,2} ! [REDACTED]",
        "a{x ! a{x ! [REDACTED]",
        "\\u0041\\x42 ! ABC ! [REDACTED]C",
        "(?:ab)+c? ! ababc ! [REDACTED]",
        "(?<key>ab) ! xab ! x[REDACTED]",
        "a* ! baab ! b[REDACTED]b",
        "ä+ ! xääy ! x[REDACTED]y",
      })
  void findsWhatItShould(String pattern, String text, String clean) throws InvalidPattern {
    assertThat(redact(pattern, text)).isEqualTo(clean);
  }

  @Test
  void knowsTheEdgesOfLinesAndTexts() throws InvalidPattern {
    assertThat(redact("^b", "a\nb")).isEqualTo("a\nb");
    assertThat(redact("(?m)^b$", "a\nb\nc")).isEqualTo("a\n[REDACTED]\nc");
    assertThat(redact("a.b", "a\nb")).isEqualTo("a\nb");
    assertThat(redact("(?s)a.b", "a\nb")).isEqualTo("[REDACTED]");
    assertThat(redact("\\Aa|z\\z", "aa zz")).isEqualTo("[REDACTED]a z[REDACTED]");
  }

  @Test
  void takesOneMarkForMatchesThatOverlap() throws InvalidPattern {
    TextRules rules = new TextRules(List.of(Program.of("abc"), Program.of("bcd"), Program.of("c")));

    assertThat(rules.text("xabcdx c")).isEqualTo("x[REDACTED]x [REDACTED]");
  }

  @Test
  void neverTakesItsOwnMarkForAMatch() throws InvalidPattern {
    TextRules rules = new TextRules(List.of(Program.of("secret"), Program.of("RED")));

    assertThat(rules.text("a secret")).isEqualTo("a [REDACTED]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "(",
        ")",
        "a)",
        "(a",
        "[a",
        "*",
        "a**",
        "a++",
        "a{3,1}",
        "a{2000}",
        "\\1",
        "(a)\\1",
        "(?=a)",
        "(?!a)",
        "(?<=a)",
        "(?<!a)",
        "a(?i)b",
        "\\p{L}",
        "\\",
        "[z-a]",
        "\\x1",
        "\\uzzzz",
        "(?<>a)",
        "((a{100}){100}){100}",
        "[a-\\d]",
      })
  void refusesWhatIsNoPatternOrCannotBeBounded(String pattern) {
    assertThatExceptionOfType(InvalidPattern.class).isThrownBy(() -> Program.of(pattern));
  }

  @Test
  void refusesPatternsThatAreTooLongOrTooDeep() {
    assertThatExceptionOfType(InvalidPattern.class).isThrownBy(() -> Program.of("a".repeat(1001)));
    assertThatExceptionOfType(InvalidPattern.class)
        .isThrownBy(() -> Program.of("(".repeat(60) + "a" + ")".repeat(60)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a+)+b",
        "(a|a)*b",
        "(a|aa)+$x",
        "(.*)*x",
        "(a?){100}a{100}b",
        "a.*b|a",
        "(a*)*(a*)*b",
      })
  void staysQuickOnPatternsThatBreakOthers(String pattern) throws InvalidPattern {
    TextRules rules = new TextRules(List.of(Program.of(pattern)));
    String text = "a".repeat(200_000);

    String clean = Assertions.assertTimeout(Duration.ofSeconds(20), () -> rules.text(text));

    assertThat(clean).isNotNull();
  }

  @Test
  void takesTheRestOfATextOutWhenLookingAheadAgainAndAgain() throws InvalidPattern {
    assertThat(redact("a.*b|a", "a".repeat(50_000))).endsWith("[REDACTED]").doesNotEndWith("a");
  }

  @Test
  void agreesWithTheJdkOnRandomPatterns() throws InvalidPattern {
    Random random = new Random(SEED);
    for (int i = 0; i < 5_000; i++) {
      String pattern = pattern(random, 3);
      String text = text(random);
      String expected =
          Pattern.compile(pattern)
              .matcher(text)
              .replaceAll(match -> match.group().isEmpty() ? "" : "!");

      String actual = redact(pattern, text).replace("[REDACTED]", "!");

      if (!Pattern.compile(pattern).matcher("").find()) {
        assertThat(actual).as("%s on %s, seed %d", pattern, text, SEED).isEqualTo(expected);
      }
    }
  }

  private static String pattern(Random random, int depth) {
    return switch (depth == 0 ? 0 : random.nextInt(7)) {
      case 1, 2 -> pattern(random, depth - 1) + pattern(random, depth - 1);
      case 3 -> "(?:" + pattern(random, depth - 1) + "|" + pattern(random, depth - 1) + ")";
      case 4 -> "(" + pattern(random, depth - 1) + ")" + "*+?".charAt(random.nextInt(3));
      case 5 -> "(?:" + pattern(random, depth - 1) + "){1,2}";
      case 6 -> "(" + pattern(random, depth - 1) + ")+?";
      default -> List.of("a", "b", "[ab]", ".", "[^b]", "c").get(random.nextInt(6));
    };
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.append("abc ".charAt(random.nextInt(4)));
    }
    return text.toString();
  }
}
