// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.Settings.Question;
import io.macp.controlplane.testing.GeneratedFile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Types and defaults of the configuration reference are those that the code asks with: every place
 * that reads settings is asked to read, and listened to.
 */
class SettingsReferenceTest {
  private static final Path PAGE = Path.of("docs/configuration.md");
  private static final Pattern ROW =
      Pattern.compile("^\\| `([A-Z_]+)` \\| ([^|]*) \\| ([^|]*) \\|", Pattern.MULTILINE);

  /** They show every setting and have no opinion on any. */
  private static final Set<String> SHOWING = Set.of("KnownSettings", "StartupBanner");

  /** Read by the server's own configuration or by what it loads, and not by our code. */
  private static final Set<String> READ_ELSEWHERE =
      Set.of("DATABASE_URL", "REDIS_URL", "OTEL_SERVICE_NAME");

  /** Enough to make those read on who read further only when something is set. */
  private static final Map<String, String> BUSY =
      Map.of(
          "LAUNCH_MODE", "initiator",
          "RUNTIME_ADDRESS", "127.0.0.1:1",
          "MACP_AUTH_SERVICE_URL", "http://127.0.0.1:1",
          "MACP_AUTH_ISSUER", "https://issuer.example",
          "MACP_AUTH_JWKS_URL", "https://issuer.example/keys",
          "MP_JWT_VERIFY_ISSUER", "https://issuer.example",
          "MP_JWT_VERIFY_PUBLICKEY_LOCATION", "https://issuer.example/keys",
          "AUTH_JWT_ROLES", "viewers=runs:read",
          "OTEL_ENABLED", "true");

  private static final Map<String, String> DEVELOPMENT = Map.of("APP_ENV", "development");
  private static final Map<String, String> PRODUCTION = Map.of("APP_ENV", "production");

  private static final List<Executable> READERS = readers();

  @Test
  void everySettingThatIsReadIsKnown() {
    Map<String, Question> asked = asked(BUSY);
    asked.putAll(asked(PRODUCTION));

    assertThat(asked.keySet())
        .containsExactlyInAnyOrderElementsOf(
            KnownSettings.names().stream().filter(name -> !READ_ELSEWHERE.contains(name)).toList());
  }

  @Test
  void pageShowsTypesAndDefaultsOfTheCode() throws IOException {
    Map<String, Question> inProduction = asked(PRODUCTION);
    Map<String, Question> asked = asked(BUSY);
    asked.putAll(inProduction);
    asked.putAll(asked(DEVELOPMENT));
    String page = Files.readString(PAGE);
    assertThat(page.lines().filter(line -> line.matches("\\| `[A-Z_]+` .*")))
        .as("setting, type, default, meaning; write anything as the type of a new one")
        .allMatch(line -> line.matches("\\| `[A-Z_]+`( \\| [^|]+){3,} \\|"));

    String right =
        ROW.matcher(page)
            .replaceAll(row -> Matcher.quoteReplacement(row(row, asked, inProduction)));

    GeneratedFile.check(PAGE, right, SettingsReferenceTest.class);
  }

  private static String row(
      MatchResult row, Map<String, Question> asked, Map<String, Question> inProduction) {
    String name = row.group(1);
    Question question = asked.get(name);
    String type = question == null ? "text" : question.type();
    String usual = row.group(3);
    if (question != null && question.fallback().isPresent()) {
      String there = inProduction.getOrDefault(name, question).fallback().orElse("");
      usual = "`" + question.fallback().get() + "`";
      usual +=
          there.equals(question.fallback().get()) ? "" : " in development, else `" + there + "`";
    }
    return "| `" + name + "` | " + type + " | " + usual + " |";
  }

  /** What all who read settings ask, the checks at start last. */
  private static Map<String, Question> asked(Map<String, String> set) {
    Map<String, List<Question>> questions = new TreeMap<>();
    Settings settings =
        new Settings(
            name -> Optional.ofNullable(set.get(name)),
            question ->
                questions.computeIfAbsent(question.name(), any -> new ArrayList<>()).add(question));
    READERS.forEach(reader -> read(reader, settings));
    return questions.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                entry -> telling(entry.getValue()),
                (one, other) -> one,
                LinkedHashMap::new));
  }

  /** The first question that brings a default, else the first. */
  private static Question telling(List<Question> questions) {
    return questions.stream()
        .filter(question -> question.fallback().isPresent())
        .findFirst()
        .orElse(questions.getFirst());
  }

  private static List<Executable> readers() {
    return new ClassFileImporter()
        .importPath(Path.of("target", "classes", "io", "macp", "controlplane")).stream()
            .filter(type -> !type.isEquivalentTo(Settings.class))
            .filter(type -> !SHOWING.contains(type.getSimpleName()))
            .map(type -> (Class<?>) type.reflect())
            .sorted(
                Comparator.<Class<?>, Boolean>comparing(type -> type.getName().contains(".ops."))
                    .thenComparing(Class::getName))
            .flatMap(SettingsReferenceTest::readersOf)
            .toList();
  }

  private static Stream<Executable> readersOf(Class<?> type) {
    return Stream.<Executable>concat(
            Stream.of(type.getDeclaredMethods())
                .filter(method -> Modifier.isStatic(method.getModifiers()))
                .filter(method -> !method.isSynthetic()),
            Stream.of(type.getDeclaredConstructors())
                .filter(constructor -> constructor.isAnnotationPresent(Inject.class)))
        .filter(reader -> List.of(reader.getParameterTypes()).contains(Settings.class))
        .sorted(Comparator.comparing(Executable::toString));
  }

  /** A reader that fails, because it has nothing else to work with, has asked by then. */
  private static void read(Executable reader, Settings settings) {
    List<@Nullable Object> arguments = new ArrayList<>();
    for (Class<?> type : reader.getParameterTypes()) {
      arguments.add(argument(type, settings));
    }
    try {
      reader.setAccessible(true);
      switch (reader) {
        case Method method -> method.invoke(null, arguments.toArray());
        case Constructor<?> constructor -> constructor.newInstance(arguments.toArray());
      }
    } catch (ReflectiveOperationException e) {
      assertThat(e).hasCauseInstanceOf(RuntimeException.class);
    }
  }

  private static @Nullable Object argument(Class<?> type, Settings settings) {
    if (type == Settings.class) {
      return settings;
    }
    if (type == Optional.class) {
      return Optional.empty();
    }
    return type == Set.class ? Set.of() : type == String.class ? "" : null;
  }
}
