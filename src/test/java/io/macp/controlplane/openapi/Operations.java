// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a document, for those who make something of it or hold it against something.
 */
public final class Operations {
  private Operations() {}

  /** All, in the order of the document. */
  public static List<Operation> of(Map<String, Object> document) {
    List<Operation> all = new ArrayList<>();
    Tree.object(document.get("paths"))
        .forEach(
            (path, verbs) ->
                Tree.object(verbs)
                    .forEach(
                        (verb, tree) ->
                            all.add(new Operation(document, path, verb, Tree.object(tree)))));
    return all;
  }

  static Operation of(Map<String, Object> document, Route route) {
    return of(document).stream()
        .filter(operation -> operation.path.equals(route.path()))
        .filter(operation -> operation.verb.equals(route.verb()))
        .findFirst()
        .orElseThrow();
  }

  /** One operation. */
  public record Operation(
      Map<String, Object> document, String path, String verb, Map<String, Object> tree) {

    /** Verb and path. */
    public String name() {
      return verb + " " + path;
    }

    /** A member that is text; empty when there is none. */
    public String text(String member) {
      return String.valueOf(tree.getOrDefault(member, ""));
    }

    String tag() {
      return String.valueOf(Tree.list(tree.get("tags")).getFirst());
    }

    List<Map<String, Object>> parameters(String place) {
      return Tree.list(tree.get("parameters")).stream()
          .map(Tree::object)
          .filter(parameter -> place.equals(parameter.get("in")))
          .toList();
    }

    List<Integer> statuses() {
      return Tree.object(tree.get("responses")).keySet().stream().map(Integer::valueOf).toList();
    }

    /** The response with a status, wherever the document keeps it. */
    Map<String, Object> response(int status) {
      Map<String, Object> told =
          Tree.object(Tree.object(tree.get("responses")).get(String.valueOf(status)));
      return told.get("$ref") instanceof String reference
          ? Tree.object(SchemaCheck.find(document, reference))
          : told;
    }

    /** The media of the body. */
    List<Media> bodies() {
      return media(Tree.object(tree.get("requestBody")));
    }

    /** The body that is shown first. */
    public Optional<Media> firstBody() {
      return bodies().stream().findFirst();
    }

    /** The media of the answer with a status; none when the status is not described. */
    public List<Media> answers(int status) {
      return media(response(status));
    }

    /** The media of the answer of success. */
    public List<Media> answers() {
      return statuses().stream()
          .filter(status -> status < 300)
          .flatMap(status -> media(response(status)).stream())
          .toList();
    }

    /** Every media of bodies and answers, refusals too. */
    List<Media> media() {
      List<Media> all = new ArrayList<>(bodies());
      statuses().stream()
          .map(this::response)
          .forEach(
              response ->
                  media(response).stream()
                      .filter(media -> !media.type.equals("application/problem+json"))
                      .forEach(all::add));
      return all;
    }

    private List<Media> media(Map<String, Object> owner) {
      List<Media> found = new ArrayList<>();
      Tree.object(owner.get("content"))
          .forEach((type, media) -> found.add(new Media(document, type, Tree.object(media))));
      return found;
    }
  }

  /** A body of one media type. */
  public record Media(Map<String, Object> document, String type, Map<String, Object> tree) {

    /** What it looks like. */
    public Map<String, Object> schema() {
      return Tree.object(tree.get("schema"));
    }

    /** The first example. */
    public Optional<Object> example() {
      return examples().stream().findFirst();
    }

    List<Object> examples() {
      List<Object> found = new ArrayList<>();
      if (tree.containsKey("example")) {
        found.add(tree.get("example"));
      }
      Tree.object(tree.get("examples"))
          .values()
          .forEach(
              told -> {
                Object reference = Tree.object(told).get("$ref");
                Object shown =
                    reference == null ? told : SchemaCheck.find(document, reference.toString());
                found.add(Tree.object(shown).get("value"));
              });
      return found;
    }

    /** What is wrong with the examples. */
    List<String> defects(SchemaCheck check) {
      return examples().stream().flatMap(example -> defects(check, example).stream()).toList();
    }

    /** What is wrong with a value; text of several lines is held line by line. */
    public List<String> defects(SchemaCheck check, @Nullable Object value) {
      Map<String, Object> lines = Tree.object(schema().get("x-line-schema"));
      if (lines.isEmpty()) {
        return check.defects(schema(), value);
      }
      return String.valueOf(value)
          .lines()
          .flatMap(line -> check.defects(lines, Tree.parse(line)).stream())
          .toList();
    }
  }
}
