// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The compiled product, without its tests and without the generated wire classes. */
final class Product {
  private static final Path CLASSES = Path.of("target", "classes", "io", "macp", "controlplane");
  private static final JavaClasses IMPORTED = new ClassFileImporter().importPath(CLASSES);

  private Product() {}

  static JavaClasses classes() {
    return IMPORTED;
  }

  static List<Path> classFiles() throws IOException {
    try (Stream<Path> files = Files.walk(CLASSES)) {
      return files.filter(file -> file.toString().endsWith(".class")).toList();
    }
  }

  /** A use, by call or reference, of a method, constructor or field; names by a pattern. */
  static DescribedPredicate<JavaAccess<?>> accessOf(String owner, String names) {
    return new DescribedPredicate<>("%s.%s", owner, names) {
      @Override
      public boolean test(JavaAccess<?> access) {
        return access.getTargetOwner().getName().matches(owner)
            && access.getTarget().getName().matches(names);
      }
    };
  }
}
