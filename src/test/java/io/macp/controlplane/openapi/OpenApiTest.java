// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The documents of the API are those of the code, and complete. */
class OpenApiTest {
  private static final Path DOCUMENT = Path.of("src/main/resources/META-INF/openapi.json");
  private static final Path COLLECTION = Path.of("docs/postman_collection.json");
  private static final Path PAGE = Path.of("docs/api.md");

  private static void check(Path committed, String made) throws IOException {
    if (Boolean.getBoolean("docs.regenerate")) {
      Files.writeString(committed, made);
    }

    assertThat(committed)
        .as("written anew by mvn test -Dtest=OpenApiTest -Ddocs.regenerate=true")
        .hasContent(made);
  }

  @Test
  void documentIsTheOneOfTheCode() throws IOException {
    check(DOCUMENT, Tree.print(ApiDocument.make()));
  }

  @Test
  void everyDescriptionIsOfAMethod() throws IOException {
    List<String> methods = Route.all().stream().map(Route::name).toList();

    assertThat(Description.read().keySet()).containsExactlyInAnyOrderElementsOf(methods);
  }

  @Test
  void everyReferenceLeadsSomewhere() throws IOException {
    Map<String, Object> document = ApiDocument.make();
    List<String> references = new ArrayList<>();
    collect(document, references);

    assertThat(references)
        .isNotEmpty()
        .allSatisfy(reference -> assertThat(SchemaCheck.find(document, reference)).isNotNull());
  }

  @Test
  void everyOperationHasItsParts() throws IOException {
    assertThat(Operations.of(ApiDocument.make()))
        .isNotEmpty()
        .allSatisfy(
            operation -> {
              assertThat(operation.text("summary")).isNotBlank();
              assertThat(operation.text("operationId")).isNotBlank();
              assertThat(Areas.names()).contains(operation.tag());
              assertThat(operation.statuses()).anyMatch(status -> status >= 400);
            })
        .extracting(operation -> operation.text("operationId"))
        .doesNotHaveDuplicates();
  }

  /** What an annotation says of a status is not lost, and no status is made up. */
  @Test
  void everyStatusOfAnAnnotationIsDescribed() throws IOException {
    Map<String, Object> document = ApiDocument.make();
    for (Route route : Route.all()) {
      assertThat(Operations.of(document, route).statuses())
          .as(route.name())
          .containsAll(route.meanings().keySet());
    }
  }

  @Test
  void everyBodyAndAnswerHasAnExample() throws IOException {
    assertThat(Operations.of(ApiDocument.make()))
        .allSatisfy(
            operation ->
                assertThat(operation.media())
                    .as(operation.name())
                    .allSatisfy(media -> assertThat(media.examples()).isNotEmpty()));
  }

  @Test
  void everyExampleIsWhatItsSchemaSays() throws IOException {
    Map<String, Object> document = ApiDocument.make();
    SchemaCheck check = new SchemaCheck(document);
    for (Operations.Operation operation : Operations.of(document)) {
      for (Operations.Media media : operation.media()) {
        assertThat(media.defects(check)).as(operation.name()).isEmpty();
      }
    }
  }

  @Test
  void collectionIsMadeOfTheDocument() throws IOException {
    check(COLLECTION, Tree.print(PostmanCollection.of(ApiDocument.make())));
  }

  @Test
  void pageIsMadeOfTheDocument() throws IOException {
    check(PAGE, ApiPage.of(ApiDocument.make()));
  }

  private static void collect(Object tree, List<String> references) {
    Tree.object(tree)
        .forEach(
            (name, value) -> {
              if (name.equals("$ref")) {
                references.add(String.valueOf(value));
              }
              collect(value, references);
            });
    Tree.list(tree).forEach(item -> collect(item, references));
  }
}
