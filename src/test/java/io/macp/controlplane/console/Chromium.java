// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.console;

import java.io.File;
import java.util.Objects;
import java.util.logging.Level;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Opens a headless browser; the places of its two programs can be set by the environment. */
public final class Chromium {
  private Chromium() {}

  /** A fresh browser of its own; whoever opens it quits it. */
  public static ChromeDriver open() {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(setting("CHROME_BIN", "/usr/bin/chromium"));
    options.addArguments("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic");
    options.addArguments("--no-first-run", "--disable-background-networking");
    options.addArguments("--disable-component-update", "--disable-sync");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    File driver = new File(setting("CHROMEDRIVER_BIN", "/usr/bin/chromedriver"));
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(driver).usingAnyFreePort().build();
    return new ChromeDriver(service, options);
  }

  private static String setting(String name, String fallback) {
    return Objects.requireNonNullElse(System.getenv(name), fallback);
  }
}
