// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links between the pages, and from the pages to files. */
class LinksTest {
  @Test
  void everyLinkLeadsToAFileAndAHeadingThatIsThere() throws IOException {
    List<String> dead = new ArrayList<>();
    int links = 0;
    for (Path file : pages()) {
      Page page = Page.of(file);
      for (String link : page.links()) {
        links++;
        if (!leadsSomewhere(page, link)) {
          dead.add(file + ": " + link);
        }
      }
    }

    assertThat(links).isGreaterThan(100);
    assertThat(dead).isEmpty();
  }

  @Test
  void everyPageOfTheFolderForOperatorsIsInTheReadme() throws IOException {
    Set<String> listed = Page.of(Path.of("README.md")).links().stream().collect(Collectors.toSet());
    try (Stream<Path> pages = Files.list(Path.of("docs/operate"))) {
      assertThat(pages.map(Path::toString)).isNotEmpty().allMatch(listed::contains);
    }
  }

  @Test
  void namesAreMadeOfHeadingsAsForgesMakeThem() {
    Page page =
        new Page(
            Path.of("a.md"),
            "# `POST /runs`, with [a link](b.md)\n## Same\n## Same\n[x](#same-1) `[y](no.md)`\n");

    assertThat(page.anchors()).containsExactlyInAnyOrder("post-runs-with-a-link", "same", "same-1");
    assertThat(page.links()).containsExactly("b.md", "#same-1");
    assertThat(page.anchors()).contains(page.links().getLast().substring(1)).doesNotContain("none");
  }

  private static boolean leadsSomewhere(Page page, String link) throws IOException {
    String[] parts = link.split("#", 2);
    Path target =
        parts[0].isEmpty() ? page.path() : page.path().resolveSibling(parts[0]).normalize();
    if (!Files.exists(target)) {
      return false;
    }
    return parts.length == 1
        || !target.toString().endsWith(".md")
        || Page.of(target).anchors().contains(parts[1]);
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")));
    for (String folder : List.of("docs", "perf", "packaging")) {
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
      }
    }
    return pages;
  }
}
