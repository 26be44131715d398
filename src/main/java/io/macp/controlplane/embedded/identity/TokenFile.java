// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.identity;

import io.macp.controlplane.platform.Settings.InvalidSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Static tokens of a file that is read again after it has changed, which is looked for at most once
 * a second. When the changed file cannot be read the tokens stay as they were. Thread-safe.
 */
final class TokenFile {
  private static final System.Logger LOG = System.getLogger(TokenFile.class.getName());
  private static final long PAUSE_MS = 1_000;

  private final Path path;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile StaticTokens tokens;
  private volatile long lookedAtMs;
  private Optional<Version> version;

  /** What tells one content of the file from another. */
  private record Version(FileTime modified, long size, @Nullable Object key) {}

  /** Reads the file; a wrong one fails with the name of its setting. */
  TokenFile(Path path, Clock clock) {
    this.path = path;
    this.clock = clock;
    this.lookedAtMs = clock.millis();
    this.version = version();
    this.tokens = read(path);
  }

  static StaticTokens read(Path path) {
    byte[] json;
    try {
      json = Files.readAllBytes(path);
    } catch (IOException e) {
      throw new InvalidSetting(
          AuthConfig.TOKENS_FILE, "must name a readable file: " + e.getClass().getSimpleName());
    }
    return StaticTokens.parse(AuthConfig.TOKENS_FILE, json);
  }

  StaticTokens current() {
    if (isTimeToLook() && lock.tryLock()) {
      try {
        look();
      } finally {
        lock.unlock();
      }
    }
    return tokens;
  }

  private boolean isTimeToLook() {
    long since = clock.millis() - lookedAtMs;
    return since >= PAUSE_MS || since < 0;
  }

  private void look() {
    lookedAtMs = clock.millis();
    Optional<Version> found = version();
    if (found.equals(version)) {
      return;
    }
    version = found;
    try {
      tokens = read(path);
      LOG.log(System.Logger.Level.INFO, "static tokens read anew, {0} in all", tokens.size());
    } catch (InvalidSetting e) {
      LOG.log(System.Logger.Level.WARNING, "static tokens stay as they were: {0}", e.getMessage());
    }
  }

  private Optional<Version> version() {
    try {
      BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
      return Optional.of(new Version(found.lastModifiedTime(), found.size(), found.fileKey()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
