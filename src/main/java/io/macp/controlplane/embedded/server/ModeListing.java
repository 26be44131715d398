// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.embedded.server;

import io.macp.controlplane.embedded.message.Envelope;
import io.macp.controlplane.embedded.mode.Mode;
import io.macp.controlplane.embedded.mode.ModeCatalog;
import io.macp.controlplane.embedded.store.ModeStore;
import io.macp.v1.ModeDescriptor;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The modes at one moment, as ListModes and ListExtModes tell them (MACP contract, section 5.2).
 *
 * @param entries what was registered, by id
 * @param catalog all modes
 */
record ModeListing(Map<String, ModeStore.Entry> entries, ModeCatalog catalog) {
  private static final Map<String, String> SCHEMA_URIS =
      Map.of("protobuf", "buf.build/multiagentcoordinationprotocol/macp");

  /** What only the registry repeats of a built-in mode. */
  static ModeStore.Listing builtIn(io.macp.controlplane.embedded.mode.ModeDescriptor descriptor) {
    return new ModeStore.Listing(descriptor.messageTypes(), SCHEMA_URIS);
  }

  /** True for the standards track and for what was promoted. */
  static boolean isStandard(Mode mode) {
    boolean promoted = mode.registration().isPresent() && mode.isStrict();
    return promoted || mode.descriptor().isStandard();
  }

  /** The standards track in its order, then what was promoted, by id. */
  List<ModeDescriptor> standard() {
    return list(ModeListing::isStandard);
  }

  /** Everything else, by id. */
  List<ModeDescriptor> extensions() {
    return list(mode -> !isStandard(mode)).stream()
        .sorted(Comparator.comparing(ModeDescriptor::getMode))
        .toList();
  }

  private List<ModeDescriptor> list(Predicate<Mode> wanted) {
    return catalog.modes().stream().filter(wanted).map(mode -> wire(mode.descriptor())).toList();
  }

  private ModeDescriptor wire(io.macp.controlplane.embedded.mode.ModeDescriptor descriptor) {
    ModeStore.Listing listing =
        Optional.ofNullable(entries.get(descriptor.mode()))
            .map(ModeStore.Entry::listing)
            .orElseGet(() -> builtIn(descriptor));
    return ModeDescriptor.newBuilder()
        .setMode(descriptor.mode())
        .setModeVersion(descriptor.version())
        .setTitle(descriptor.title())
        .setDescription(descriptor.description())
        .setDeterminismClass(descriptor.nature().determinismClass())
        .setParticipantModel(descriptor.nature().participantModel())
        .addAllMessageTypes(listing.messageTypes())
        .addTerminalMessageTypes(Envelope.COMMITMENT)
        .putAllSchemaUris(listing.schemaUris())
        .build();
  }
}
