// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.console;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;

/**
 * One browser for the tests of all classes; it ends with the last of them. Each test begins with
 * one empty window of a desk, the usual media, and an empty log.
 */
public final class SharedBrowser implements BeforeAllCallback, BeforeEachCallback {
  private static final AtomicReference<@Nullable ChromeDriver> BROWSER = new AtomicReference<>();

  @Override
  public void beforeAll(ExtensionContext context) {
    context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(SharedBrowser.class))
        .computeIfAbsent("browser", key -> new Opened());
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    List<String> windows = List.copyOf(driver().getWindowHandles());
    windows.stream().skip(1).forEach(window -> driver().switchTo().window(window).close());
    driver().switchTo().window(windows.getFirst());
    driver().executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    driver()
        .executeCdpCommand(
            "Emulation.setEmulatedMedia", Map.of("media", "", "features", List.of()));
    driver().get("about:blank");
    driver().manage().window().setSize(new Dimension(1360, 900));
    driver().manage().logs().get(LogType.BROWSER);
  }

  /** The browser, while a class with this extension is tested. */
  public static ChromeDriver driver() {
    return Objects.requireNonNull(BROWSER.get());
  }

  /** Opened for the first test, quit after the last. */
  private static final class Opened implements AutoCloseable {
    Opened() {
      BROWSER.set(Chromium.open());
    }

    @Override
    public void close() {
      driver().quit();
    }
  }
}
