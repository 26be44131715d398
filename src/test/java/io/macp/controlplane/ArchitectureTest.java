// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.macp.controlplane.ledger.Committed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which way dependencies point (house style, sections 1 and 2). */
class ArchitectureTest {
  private static final String ROOT = "io.macp.controlplane.";

  /** The JDK without IO, SQL, network, threads and logging. */
  private static final String[] PLAIN_JDK = {
    "java.lang",
    "java.lang.runtime",
    "java.math",
    "java.nio.charset",
    "java.security",
    "java.text",
    "java.time",
    "java.time.format",
    "java.time.temporal",
    "java.util",
    "java.util.function",
    "java.util.regex",
    "java.util.stream",
    "org.jspecify.annotations",
  };

  /** Shared by the core and the kernel. */
  private static final String COMMITMENT = ROOT + "commitment";

  private static final String[] KERNEL = {
    ROOT + "embedded",
    ROOT + "embedded.collection",
    ROOT + "embedded.message",
    ROOT + "embedded.mode..",
    ROOT + "embedded.policy",
  };

  private static final String[] WAYS_IN = {ROOT + "launch..", ROOT + "observe..", ROOT + "demo.."};
  private static final String[] WAYS_OUT = {
    ROOT + "query..", ROOT + "stream..", ROOT + "simulate..", ROOT + "webhook..",
  };

  private static final JavaClasses PRODUCT = Product.classes();

  private static String[] and(String[] some, String... more) {
    return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void theHashOfACommitmentNeedsNothingButTheJdk() {
    onlyDependOn(COMMITMENT, PLAIN_JDK);
  }

  @Test
  void theVocabularyNeedsNothingButTheHash() {
    onlyDependOn(ROOT + "event..", and(PLAIN_JDK, COMMITMENT));
  }

  @Test
  void theMachineAndTheFoldsNeedNothingButTheVocabulary() {
    onlyDependOn(ROOT + "run..", and(PLAIN_JDK, ROOT + "event"));
    onlyDependOn(ROOT + "projection..", and(PLAIN_JDK, ROOT + "event"));
  }

  private static void onlyDependOn(String home, String... neighbours) {
    classes()
        .that()
        .resideInAPackage(home)
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(and(neighbours, home)))
        .check(PRODUCT);
  }

  @Test
  void theKernelOfTheEmbeddedRuntimeNeedsNothingButTheHash() {
    classes()
        .that()
        .resideInAnyPackage(KERNEL)
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(and(and(PLAIN_JDK, KERNEL), COMMITMENT)))
        .check(PRODUCT);
  }

  @Test
  void simulationsNeedNothingButTheVocabularyAndTheKernel() {
    onlyDependOn(ROOT + "simulate", and(and(PLAIN_JDK, KERNEL), ROOT + "event"));
  }

  @Test
  void theChecksOfTheDoctorSeeNothingByThemselves() {
    onlyDependOn(ROOT + "doctor", PLAIN_JDK);
    onlyDependOn(ROOT + "doctor.server", and(PLAIN_JDK, ROOT + "doctor"));
    onlyDependOn(ROOT + "doctor.run", and(PLAIN_JDK, ROOT + "doctor", ROOT + "event"));
  }

  @Test
  void theCommandLineAndTheServerKnowNothingOfEachOther() {
    classes()
        .that()
        .resideInAPackage(ROOT + "cli")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                ROOT + "cli",
                "java..",
                "picocli",
                "com.fasterxml.jackson..",
                "org.jspecify.annotations"))
        .check(PRODUCT);
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "cli")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + "cli", "picocli..")
        .check(PRODUCT);
  }

  @Test
  void simulationsWriteNothing() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "simulate..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.sql..", "jakarta.persistence..", ROOT + "ledger..", ROOT + "embedded.store..")
        .check(PRODUCT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.time.Clock",
        "java.lang.Thread",
        "java.lang.System$Logger",
        "java.util.Timer",
      })
  void pureCodeHasNoClockThreadOrLog(String forbidden) {
    noClasses()
        .that()
        .resideInAnyPackage(
            and(
                KERNEL,
                COMMITMENT,
                ROOT + "event..",
                ROOT + "run..",
                ROOT + "projection..",
                ROOT + "simulate"))
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName(forbidden)
        .check(PRODUCT);
  }

  @Test
  void onlyTheLedgerWritesTheLog() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + "ledger", ROOT + "log.append")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + "log.append")
        .check(PRODUCT);
  }

  /** Statements are constants, which no dependency shows; so the class files are searched. */
  @Test
  void onlyTheAppendPackageHasStatementsThatChangeRuns() throws IOException {
    Pattern change =
        Pattern.compile(
            "(insert\\s+into|update|delete\\s+from)\\s+"
                + "(runs|run_(events|projections|metrics|artifacts)|runtime_sessions)",
            Pattern.CASE_INSENSITIVE);

    assertThat(Product.classFiles().stream().filter(file -> change.matcher(text(file)).find()))
        .isNotEmpty()
        .allMatch(ArchitectureTest::mayChangeRuns);
  }

  /** Who follows a run is no part of its life, so it is written elsewhere, and only that. */
  private static boolean mayChangeRuns(Path classFile) {
    Path home = Objects.requireNonNull(classFile.getParent());
    return home.endsWith(Path.of("log", "append"))
        || (home.endsWith(Path.of("log", "lease"))
            && Pattern.compile("UPDATE runs r SET (?!owner = \\?, fence = r\\.fence \\+ 1 )")
                .matcher(text(classFile))
                .results()
                .findAny()
                .isEmpty());
  }

  private static String text(Path classFile) {
    try {
      return Files.readString(classFile, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void entitiesAreReadAndNeverWritten() {
    noClasses()
        .should()
        .accessTargetWhere(
            Product.accessOf("jakarta\\.persistence\\.EntityManager", "persist|merge|remove"))
        .check(PRODUCT);
  }

  @Test
  void waysInKnowNeitherEachOtherNorTheWaysOut() {
    for (String way : WAYS_IN) {
      knowsNone(way, and(WAYS_IN, WAYS_OUT));
    }
  }

  @Test
  void waysOutKnowNeitherEachOtherNorTheWaysIn() {
    for (String way : WAYS_OUT) {
      knowsNone(way, and(WAYS_OUT, WAYS_IN));
    }
  }

  private static void knowsNone(String way, String... others) {
    noClasses()
        .that()
        .resideInAPackage(way)
        .should()
        .dependOnClassesThat(resideInAnyPackage(others).and(not(resideInAnyPackage(way))))
        .check(PRODUCT);
  }

  @Test
  void waysOutOnlyHearOfCommits() {
    noClasses()
        .that()
        .resideInAnyPackage(WAYS_OUT)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(ROOT + "ledger..")
                .and(not(type(Committed.class)))
                .and(not(type(Committed.Listener.class)))
                .and(not(type(Committed.Outbox.class))))
        .check(PRODUCT);
  }

  @Test
  void theAuditKnowsNothingOfWhatItRecords() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "audit..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("io.macp..")
                .and(
                    not(
                        resideInAnyPackage(
                            ROOT + "audit..", ROOT + "access..", ROOT + "platform.."))))
        .check(PRODUCT);
  }

  @Test
  void demoAgentsMeetTheRuntimeOnTheWireOnly() {
    knowsNone(ROOT + "demo..", ROOT + "embedded..", ROOT + "runtime..");
  }

  @Test
  void thePlatformKnowsNoDomain() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "platform..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("io.macp..").and(not(resideInAnyPackage(ROOT + "platform.."))))
        .check(PRODUCT);
  }

  @Test
  void onlyTheNeighboursKnowTheWire() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + "runtime..", ROOT + "embedded..", ROOT + "demo..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.grpc..", "com.google.protobuf..", "io.macp.v1..", "io.macp.modes..")
        .check(PRODUCT);
  }

  @Test
  void nobodyKnowsBothTheWireAndTheDatabase() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "runtime..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "jakarta.persistence..", ROOT + "log..")
        .check(PRODUCT);
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(PRODUCT);
  }

  @Test
  void packagesInsideAFeatureFormNoCycle() {
    slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(PRODUCT);
  }
}
