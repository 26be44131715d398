// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * JSON text to and from JDK trees (maps, lists, strings, numbers, booleans, null). Whole numbers
 * become {@code Integer}, {@code Long} or {@code BigInteger}, others {@code Double}. In text that
 * arrives, duplicate keys and nesting beyond 100 levels are refused. Also writes records: an {@code
 * Instant} in UTC with milliseconds, an empty {@code Optional} component not at all, a null one as
 * null. Thread-safe.
 */
public final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .addModule(JsonTypes.module())
          .withConfigOverride(
              Optional.class,
              type ->
                  type.setInclude(
                      JsonInclude.Value.construct(
                          JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS)))
          .build();

  static {
    MAPPER
        .getFactory()
        .setStreamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(100).build());
  }

  /** What was stored once stays readable, however deep and long our own fields have made it. */
  private static final ObjectMapper STORED =
      new JsonMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(1_000)
                      .maxNumberLength(Integer.MAX_VALUE)
                      .maxNameLength(Integer.MAX_VALUE)
                      .maxStringLength(Integer.MAX_VALUE)
                      .build())
              .build());

  private Json() {}

  /** The text was not JSON; the message says where, without quoting the text. */
  public static final class MalformedJson extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedJson(String message) {
      super(message);
    }
  }

  /**
   * An object that the database keeps as {@code jsonb}: read when somebody looks into it, and
   * written as the text that it is without having been read. Unmodifiable. Thread-safe: two that
   * look at once may both read it, to the same end.
   */
  public static final class Stored extends AbstractMap<String, @Nullable Object> {
    private final String text;
    private final UnaryOperator<Map<String, @Nullable Object>> form;
    private volatile @Nullable Map<String, @Nullable Object> tree;

    private Stored(String text, UnaryOperator<Map<String, @Nullable Object>> form) {
      this.text = text;
      this.form = form;
    }

    String text() {
      return text;
    }

    /** False only when no object in it, however deep, has this field; the name is plain letters. */
    public boolean mayHold(String name) {
      return text.contains('"' + name + '"');
    }

    private Map<String, @Nullable Object> tree() {
      Map<String, @Nullable Object> known = tree;
      if (known == null) {
        known = Collections.<String, @Nullable Object>unmodifiableMap(form.apply(readTree(text)));
        tree = known;
      }
      return known;
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
      return tree().get(key);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
      return tree().containsKey(key);
    }

    @Override
    public Set<Map.Entry<String, @Nullable Object>> entrySet() {
      return tree().entrySet();
    }
  }

  /** The compact text of a tree. */
  public static String write(@Nullable Object tree) {
    try {
      return MAPPER.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a JSON tree: " + e.getOriginalMessage(), e);
    }
  }

  /** The compact UTF-8 text of a tree. */
  public static byte[] writeBytes(@Nullable Object tree) {
    try {
      return MAPPER.writeValueAsBytes(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a JSON tree: " + e.getOriginalMessage(), e);
    }
  }

  /** Reads any JSON value. */
  public static @Nullable Object read(byte[] text) throws MalformedJson {
    try {
      return MAPPER.readValue(text, Object.class);
    } catch (JsonProcessingException e) {
      throw malformed(e);
    } catch (IOException e) {
      throw new MalformedJson("unreadable text");
    }
  }

  /** Reads a JSON object that this product wrote itself; anything else is a defect. */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> readObject(String text) {
    return (Map<String, Object>) readStored(text, Map.class);
  }

  /** Like {@link #readObject}, for an object whose fields may be null. */
  @SuppressWarnings("unchecked")
  public static Map<String, @Nullable Object> readTree(String text) {
    return (Map<String, @Nullable Object>) readStored(text, Map.class);
  }

  /** Like {@link #readTree}, put off until it is looked into; text of a {@code jsonb} column. */
  public static Stored stored(String text) {
    return stored(text, UnaryOperator.identity());
  }

  /** The same, with what makes its final form of what was read. */
  public static Stored stored(String text, UnaryOperator<Map<String, @Nullable Object>> form) {
    return new Stored(text, form);
  }

  /** Reads a JSON array that this product wrote itself; anything else is a defect. */
  @SuppressWarnings("unchecked")
  public static List<@Nullable Object> readList(String text) {
    return (List<@Nullable Object>) readStored(text, List.class);
  }

  /** Reads any JSON value that this product wrote itself; anything else is a defect. */
  public static @Nullable Object readAny(String text) {
    return readStored(text, Object.class);
  }

  private static <T> T readStored(String text, Class<T> type) {
    try {
      return STORED.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored JSON is unreadable: " + e.getOriginalMessage(), e);
    }
  }

  private static MalformedJson malformed(JsonProcessingException e) {
    var location = e.getLocation();
    String where =
        location == null
            ? ""
            : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    return new MalformedJson("malformed JSON" + where + cause(e));
  }

  private static String cause(JsonProcessingException e) {
    if (e instanceof StreamConstraintsException) {
      return ": too deep, or a name, text or number is too long";
    }
    return e.getOriginalMessage().startsWith("Duplicate field") ? ": a key is repeated" : "";
  }
}
