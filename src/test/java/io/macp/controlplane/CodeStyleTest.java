// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How code is named and what it may not call (house style, sections 2 to 6). */
class CodeStyleTest {
  private static final String ROOT = "io.macp.controlplane.";
  private static final int MOST_PUBLIC_TYPES = 6;
  private static final JavaClasses PRODUCT = Product.classes();

  @ParameterizedTest
  @CsvSource({
    "java\\.time\\.(Instant|Local\\w+|Zoned\\w+|Offset\\w+|Year\\w*), now",
    "java\\.time\\.Clock, system.*|tick.*",
    "java\\.lang\\.System, currentTimeMillis",
    "java\\.util\\.UUID, randomUUID",
    "java\\.lang\\.Math, random",
    "java\\.util\\.Random, .*",
    "java\\.security\\.SecureRandom, .*",
    "java\\.util\\.concurrent\\.ThreadLocalRandom, .*",
    "java\\.util\\.random\\.RandomGenerator, getDefault|of",
    "java\\.util\\.Date, .*",
  })
  void timeAndChanceComeFromThePlatform(String owner, String method) {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "platform..")
        .should()
        .accessTargetWhere(Product.accessOf(owner, method))
        .check(PRODUCT);
  }

  @Test
  void nobodyUsesTheOldDate() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.Date")
        .check(PRODUCT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Manager", "Helper", "Utils?", "Processor", "Handler", "Impl"})
  void namesSayWhatATypeDoes(String ending) {
    noClasses().should().haveNameMatching(".*[.$]\\w*" + ending).check(PRODUCT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Abstract[A-Z]\\w*", "I[A-Z][a-z]\\w*"})
  void namesBeginWithAWord(String name) {
    noClasses().should().haveNameMatching(".*[.$]" + name).check(PRODUCT);
  }

  @Test
  void nothingIsInjectedIntoFields() {
    for (String annotation :
        new String[] {
          "jakarta.inject.Inject",
          "jakarta.ejb.EJB",
          "jakarta.ws.rs.core.Context",
          "org.eclipse.microprofile.config.inject.ConfigProperty"
        }) {
      noFields().should().beAnnotatedWith(annotation).check(PRODUCT);
    }
  }

  @Test
  void resourcesOfTheServerAreProducedAndNotUsedInPlace() {
    fields()
        .that()
        .areAnnotatedWith("jakarta.annotation.Resource")
        .or()
        .areAnnotatedWith("jakarta.persistence.PersistenceContext")
        .should()
        .beAnnotatedWith("jakarta.enterprise.inject.Produces")
        .check(PRODUCT);
  }

  @Test
  void nobodySetsAStatus() {
    noMethods().should().haveName("setStatus").check(PRODUCT);
  }

  @Test
  void entitiesStayInTheirStore() {
    classes()
        .that()
        .areAnnotatedWith("jakarta.persistence.Entity")
        .should()
        .bePackagePrivate()
        .check(PRODUCT);
  }

  @Test
  void resourcesAreCalledSo() {
    classes()
        .that()
        .areAnnotatedWith("jakarta.ws.rs.Path")
        .should()
        .haveSimpleNameEndingWith("Resource")
        .check(PRODUCT);
    classes()
        .that()
        .haveSimpleNameEndingWith("Resource")
        .should()
        .beAnnotatedWith("jakarta.ws.rs.Path")
        .check(PRODUCT);
  }

  @Test
  void findersMayFindNothing() {
    methods()
        .that()
        .arePublic()
        .and()
        .haveNameMatching("find([A-Z].*)?")
        .should()
        .haveRawReturnType(Optional.class)
        .orShould()
        .haveRawReturnType(List.class)
        .check(PRODUCT);
  }

  @Test
  void noPublicMethodTakesAFlag() {
    noMethods()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat()
        .arePublic()
        .should()
        .haveRawParameterTypes(anyFlag())
        .check(PRODUCT);
  }

  private static DescribedPredicate<List<JavaClass>> anyFlag() {
    return DescribedPredicate.describe(
        "any boolean",
        types -> types.stream().anyMatch(type -> type.isEquivalentTo(boolean.class)));
  }

  @Test
  void recordsHaveNoGetters() {
    noMethods()
        .that()
        .areDeclaredInClassesThat()
        .areRecords()
        .should()
        .haveNameMatching("get[A-Z].*")
        .check(PRODUCT);
  }

  @Test
  void aPackageShowsFewTypes() {
    Map<String, List<String>> crowded = new TreeMap<>();
    packages()
        .filter(found -> !found.getName().equals(ROOT + "event"))
        .forEach(found -> crowded.put(found.getName(), publicTypes(found)));
    crowded.values().removeIf(types -> types.size() <= MOST_PUBLIC_TYPES);

    assertThat(crowded).isEmpty();
  }

  private static List<String> publicTypes(JavaPackage found) {
    return found.getClasses().stream()
        .filter(type -> type.isTopLevelClass() && !type.isArray())
        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
        .map(JavaClass::getSimpleName)
        .sorted()
        .toList();
  }

  @Test
  void everyPackageIsExplainedAndNullMarked() {
    assertThat(packages())
        .isNotEmpty()
        .allMatch(found -> found.isAnnotatedWith(NullMarked.class), "is @NullMarked");
  }

  private static Stream<JavaPackage> packages() {
    return PRODUCT.stream().map(JavaClass::getPackage).distinct();
  }
}
