// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import io.macp.controlplane.embedded.message.Envelope;
import io.macp.controlplane.embedded.mode.Mode;
import io.macp.controlplane.embedded.mode.ModeCatalog;
import io.macp.controlplane.embedded.mode.ModeDescriptor;
import io.macp.controlplane.embedded.mode.passthrough.RegisteredMode;
import io.macp.controlplane.embedded.store.ModeStore;
import io.macp.v1.RegistryChanged;
import io.macp.v1.WatchModeRegistryResponse;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The modes of this runtime (MACP contract, section 5.3): checked, stored, then visible. Changes
 * are made one at a time; the catalogue may be read at any moment. Thread-safe.
 */
final class ModeRegistry {
  private static final System.Logger LOG = System.getLogger(ModeRegistry.class.getName());

  private final ModeStore store;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Broadcast<WatchModeRegistryResponse> broadcast = new Broadcast<>();
  private volatile ModeListing listing;

  ModeRegistry(ModeStore store, ModeCatalog builtIn, Clock clock) {
    this.store = store;
    this.clock = clock;
    this.listing = new ModeListing(Map.of(), builtIn);
  }

  /** Reads what was registered before. */
  void load() {
    Map<String, ModeStore.Entry> entries = new TreeMap<>();
    for (ModeStore.Entry entry : store.listAll()) {
      if (isKnown(entry)) {
        entries.put(entry.mode(), entry);
      } else {
        LOG.log(System.Logger.Level.WARNING, "mode {0} rests on an unknown one", entry.mode());
      }
    }
    listing = listingOf(entries);
  }

  private boolean isKnown(ModeStore.Entry entry) {
    return entry
        .registration()
        .base()
        .map(base -> catalog().findBuiltIn(base).isPresent())
        .orElse(true);
  }

  ModeCatalog catalog() {
    return listing.catalog();
  }

  /** What is registered at this moment. */
  ModeListing listing() {
    return listing;
  }

  void join(Outlet<WatchModeRegistryResponse> outlet) {
    broadcast.join(outlet, frame -> true, () -> List.of(frame()));
  }

  /** Registers a mode; the answer is what is wrong with it, if anything. */
  Optional<String> register(io.macp.v1.ModeDescriptor asked) {
    lock.lock();
    try {
      Optional<String> problem = new ModeRules(catalog()).refuse(asked);
      if (problem.isEmpty()) {
        put(asked.getMode(), entry(asked));
      }
      return problem;
    } finally {
      lock.unlock();
    }
  }

  /** Removes a mode; the answer is why it cannot be removed, if so. */
  Optional<String> unregister(String mode) {
    lock.lock();
    try {
      Optional<String> problem = requireExtension(mode, "removed");
      if (problem.isPresent()) {
        return problem;
      }
      if (!listing.entries().containsKey(mode)) {
        return Optional.of("mode '" + mode + "' is built in and cannot be removed");
      }
      store.remove(mode);
      Map<String, ModeStore.Entry> fewer = new TreeMap<>(listing.entries());
      fewer.remove(mode);
      change(fewer);
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** Makes a mode a standard one under a name; the answer is why it cannot be so, if so. */
  Optional<String> promote(String mode, String promoted) {
    lock.lock();
    try {
      Optional<String> problem =
          requireExtension(mode, "promoted")
              .or(() -> new ModeRules(catalog()).refusePromotion(mode, promoted));
      if (problem.isEmpty()) {
        put(mode, promotion(mode, promoted));
      }
      return problem;
    } finally {
      lock.unlock();
    }
  }

  private Optional<String> requireExtension(String mode, String what) {
    Optional<Mode> found = catalog().find(mode);
    if (found.isEmpty()) {
      return Optional.of("mode '" + mode + "' is not registered");
    }
    return ModeListing.isStandard(found.get())
        ? Optional.of("mode '" + mode + "' is a standard mode and cannot be " + what)
        : Optional.empty();
  }

  private ModeStore.Entry entry(io.macp.v1.ModeDescriptor asked) {
    ModeDescriptor descriptor =
        new ModeDescriptor(
            asked.getMode(),
            asked.getModeVersion(),
            asked.getTitle(),
            asked.getDescription(),
            new ModeDescriptor.Nature(asked.getDeterminismClass(), asked.getParticipantModel()),
            asked.getMessageTypesList().stream().filter(ModeRegistry::isOwnType).toList());
    return new ModeStore.Entry(
        new Mode.Registration(descriptor, Optional.empty(), Mode.Standing.EXTENSION),
        new ModeStore.Listing(asked.getMessageTypesList(), asked.getSchemaUrisMap()),
        clock.millis());
  }

  private static boolean isOwnType(String type) {
    return !type.equals(Envelope.SESSION_START) && !type.equals(Envelope.COMMITMENT);
  }

  /** The mode as it is, under another name; a built-in one lends its behaviour. */
  private ModeStore.Entry promotion(String mode, String promoted) {
    ModeDescriptor now = catalog().find(mode).orElseThrow().descriptor();
    Optional<ModeStore.Entry> former = Optional.ofNullable(listing.entries().get(mode));
    ModeDescriptor descriptor =
        new ModeDescriptor(
            promoted, now.version(), now.title(), now.description(), now.nature(), now.ownTypes());
    return new ModeStore.Entry(
        new Mode.Registration(
            descriptor,
            former.isPresent() ? Optional.empty() : Optional.of(mode),
            Mode.Standing.PROMOTED),
        former.map(ModeStore.Entry::listing).orElseGet(() -> ModeListing.builtIn(now)),
        clock.millis());
  }

  private void put(String former, ModeStore.Entry entry) {
    store.replace(former, entry);
    Map<String, ModeStore.Entry> more = new TreeMap<>(listing.entries());
    more.remove(former);
    more.put(entry.mode(), entry);
    change(more);
  }

  private void change(Map<String, ModeStore.Entry> entries) {
    ModeListing next = listingOf(entries);
    broadcast.publish(() -> listing = next, this::frame);
  }

  private ModeListing listingOf(Map<String, ModeStore.Entry> entries) {
    ModeCatalog builtIn = catalog();
    List<Mode> registered =
        entries.values().stream()
            .<Mode>map(entry -> RegisteredMode.of(entry.registration(), builtIn))
            .toList();
    return new ModeListing(Map.copyOf(entries), builtIn.withRegistered(registered));
  }

  private WatchModeRegistryResponse frame() {
    return WatchModeRegistryResponse.newBuilder()
        .setChange(
            RegistryChanged.newBuilder().setRegistry("modes").setObservedAtUnixMs(clock.millis()))
        .build();
  }
}
