// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.ledger;

import io.macp.controlplane.event.ModelPrices;
import io.macp.controlplane.event.ModelPrices.Price;
import io.macp.controlplane.event.RawEvent;
import io.macp.controlplane.event.redaction.Redaction;
import io.macp.controlplane.log.NewRun;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.platform.Settings;
import io.macp.controlplane.platform.Settings.InvalidSetting;
import io.macp.controlplane.platform.trace.Tracing;
import io.macp.controlplane.run.Command;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is done to facts before they are kept.
 *
 * @param redaction what is taken out of them
 * @param prices what model calls are taken to cost
 * @param spans whether runs have spans, which facts without a trace of their own then name
 */
public record RecordingConfig(Redaction redaction, ModelPrices prices, Settings.Switch spans) {
  /** Keeps facts as they are, at the prices of the contract. */
  static final RecordingConfig PLAIN =
      new RecordingConfig(Redaction.NONE, ModelPrices.STANDARD, Settings.Switch.OFF);

  private static final System.Logger LOG = System.getLogger(RecordingConfig.class.getName());
  private static final String PATTERNS = "MACP_REDACT_PATTERNS";
  private static final String CONTEXT = "contextId";
  private static final String PRICES = "MACP_MODEL_PRICES";
  private static final BigDecimal HIGHEST_PRICE = BigDecimal.valueOf(1_000_000);
  private static final int MAX_PRICES = 1000;
  private static final int MAX_DECIMALS = 6;

  /** A fact as it may be kept, here and elsewhere. */
  public RawEvent cleaned(RawEvent fact) {
    return redaction.of(fact);
  }

  boolean isTraced() {
    return spans == Settings.Switch.ON;
  }

  List<Ledger.Entry> cleaned(List<Ledger.Entry> entries) {
    return entries.stream().map(this::cleaned).toList();
  }

  /** Artifacts are the caller's own words. */
  private Ledger.Entry cleaned(Ledger.Entry entry) {
    return switch (entry) {
      case Ledger.Fact fact -> new Ledger.Fact(cleaned(fact.raw()));
      case Ledger.Order order -> new Ledger.Order(cleaned(order.command()));
      case Ledger.Attachment attachment -> attachment;
    };
  }

  private Command cleaned(Command command) {
    return command instanceof Command.BindSession bind
        ? new Command.BindSession(bind.at(), redaction.of(bind.session()))
        : command;
  }

  /** Of what comes with a new run, agents have written its context alone. */
  NewRun cleaned(NewRun run) {
    if (!(run.metadata().get(CONTEXT) instanceof String context)) {
      return run;
    }
    Map<String, @Nullable Object> metadata = new LinkedHashMap<>(run.metadata());
    metadata.put(CONTEXT, redaction.of(context));
    return run.withMetadata(metadata);
  }

  /**
   * Says at start what would be wrong later.
   *
   * @throws InvalidSetting when the prices are none
   */
  public static void check(Settings settings) {
    prices(settings);
  }

  /** Reads the settings. */
  public static RecordingConfig read(Settings settings) {
    Redaction.Compiled compiled =
        Redaction.compile(settings.find(PATTERNS).map(PatternList::of).orElse(List.of()));
    compiled
        .skipped()
        .forEach(why -> LOG.log(System.Logger.Level.WARNING, PATTERNS + " skips " + why));
    return new RecordingConfig(
        compiled.redaction(),
        prices(settings),
        Tracing.isOn(settings) ? Settings.Switch.ON : Settings.Switch.OFF);
  }

  private static ModelPrices prices(Settings settings) {
    Map<String, Price> rows = new LinkedHashMap<>();
    settings.find(PRICES).ifPresent(text -> object(text).forEach((k, v) -> row(rows, k, v)));
    return ModelPrices.STANDARD.with(rows);
  }

  private static Map<?, ?> object(String text) {
    try {
      if (Json.read(text.getBytes(StandardCharsets.UTF_8)) instanceof Map<?, ?> map
          && map.size() <= MAX_PRICES) {
        return map;
      }
    } catch (Json.MalformedJson e) {
      // falls through to the one message for both kinds of wrong
    }
    throw new InvalidSetting(
        PRICES,
        "must be a JSON object of at most " + MAX_PRICES + " models, each [prompt, completion]");
  }

  private static void row(
      Map<String, Price> rows, @Nullable Object model, @Nullable Object prices) {
    if (!(prices instanceof List<?> pair) || pair.size() != 2) {
      throw wrong(model);
    }
    rows.put(
        String.valueOf(model), new Price(price(model, pair.get(0)), price(model, pair.get(1))));
  }

  private static BigDecimal price(@Nullable Object model, @Nullable Object value) {
    if (value instanceof Number number) {
      BigDecimal price = new BigDecimal(number.toString());
      boolean inRange = price.signum() >= 0 && price.compareTo(HIGHEST_PRICE) <= 0;
      if (inRange && price.stripTrailingZeros().scale() <= MAX_DECIMALS) {
        return price;
      }
    }
    throw wrong(model);
  }

  private static InvalidSetting wrong(@Nullable Object model) {
    return new InvalidSetting(
        PRICES,
        "must give '"
            + model
            + "' two prices in US dollars a million tokens, from 0 to 1000000 with at most 6"
            + " decimals, as [prompt, completion]");
  }
}
