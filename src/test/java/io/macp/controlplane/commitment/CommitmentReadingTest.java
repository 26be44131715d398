// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.commitment;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.macp.controlplane.commitment.CommitmentReading.Hashed;
import io.macp.controlplane.commitment.CommitmentReading.NotHashed;
import io.macp.v1.CommitmentPayload;
import io.macp.v1.CommitmentRef;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommitmentReadingTest {
  private static final String HASH = Hashes.hash(Samples.full().toByteArray()).value();
  private static final UnknownFieldSet EXTRA =
      UnknownFieldSet.newBuilder()
          .addField(12, UnknownFieldSet.Field.newBuilder().addVarint(7).build())
          .build();

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  private static CommitmentReading hex(String bytes) {
    return CommitmentReading.of(HexFormat.of().parseHex(bytes));
  }

  @Test
  void readsEveryCommitmentAsProtobufDoes() {
    for (long seed = 1; seed <= 3_000; seed++) {
      CommitmentPayload sent = Samples.random(random(seed));

      assertThat(Hashes.hashed(sent.toByteArray()).fields())
          .as("seed %d", seed)
          .isEqualTo(fields(sent));
    }
  }

  private static CommitmentFields fields(CommitmentPayload sent) {
    return new CommitmentFields(
        sent.getCommitmentId(),
        sent.getAction(),
        sent.getAuthorityScope(),
        sent.getReason(),
        sent.getModeVersion(),
        sent.getPolicyVersion(),
        sent.getConfigurationVersion(),
        sent.getOutcomePositive(),
        sent.hasSupersedes()
            ? Optional.of(
                new CommitmentFields.Reference(
                    sent.getSupersedes().getSessionId(), sent.getSupersedes().getCommitmentHash()))
            : Optional.empty());
  }

  @Test
  void doesNotDependOnTheOrderOfTheFieldsOnTheWire() {
    for (long seed = 1; seed <= 500; seed++) {
      CommitmentPayload sent = Samples.random(random(seed));
      List<CommitmentPayload> parts = new ArrayList<>();
      sent.getAllFields()
          .forEach(
              (field, value) ->
                  parts.add(CommitmentPayload.newBuilder().setField(field, value).build()));
      Collections.shuffle(parts, new Random(seed));
      ByteArrayOutputStream shuffled = new ByteArrayOutputStream();
      parts.forEach(part -> shuffled.writeBytes(part.toByteArray()));

      assertThat(CommitmentReading.of(shuffled.toByteArray()))
          .as("seed %d", seed)
          .isEqualTo(CommitmentReading.of(sent.toByteArray()));
    }
  }

  /** Whatever the bytes: the same texts as protobuf, or no statement; never another hash. */
  @Test
  void saysNothingElseThanProtobufOfAnyBytes() {
    for (long seed = 1; seed <= 20_000; seed++) {
      RandomGenerator random = random(seed);
      byte[] bytes = Samples.random(random).toByteArray();
      for (int i = random.nextInt(3); i >= 0 && bytes.length > 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }

      CommitmentReading reading = CommitmentReading.of(bytes);

      if (reading instanceof Hashed hashed) {
        assertThat(hashed.fields()).as("seed %d", seed).isEqualTo(fields(parsed(bytes)));
      } else {
        assertThat(isPlain(bytes)).as("seed %d", seed).isFalse();
      }
    }
  }

  private static CommitmentPayload parsed(byte[] bytes) {
    try {
      return CommitmentPayload.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("protobuf cannot read it", e);
    }
  }

  /** Whether protobuf reads a commitment without unknown fields. */
  private static boolean isPlain(byte[] bytes) {
    try {
      CommitmentPayload read = CommitmentPayload.parseFrom(bytes);
      return read.getUnknownFields().asMap().isEmpty()
          && read.getSupersedes().getUnknownFields().asMap().isEmpty();
    } catch (InvalidProtocolBufferException e) {
      return false;
    }
  }

  @Test
  void hasNoHashWhenThereAreFurtherFields() {
    CommitmentPayload outside = Samples.full().toBuilder().setUnknownFields(EXTRA).build();
    CommitmentPayload inside =
        Samples.full().toBuilder()
            .setSupersedes(CommitmentRef.newBuilder().setUnknownFields(EXTRA))
            .build();

    NotHashed unknown = new NotHashed(Unverifiable.UNKNOWN_FIELDS);
    assertThat(CommitmentReading.of(outside.toByteArray())).isEqualTo(unknown);
    assertThat(CommitmentReading.of(inside.toByteArray())).isEqualTo(unknown);
    // The first field as a number: of a kind that protobuf takes for another field.
    assertThat(hex("0801")).isEqualTo(unknown);
    assertThat(hex("4200")).isEqualTo(unknown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0a",
        "0a05",
        "0a0161ff",
        "0a02c328",
        "0a03eda080",
        "0aff",
        "0affffffff0f",
        "40",
        "4080808080808080808080",
        "02",
        "0c",
        "0f",
        "4a020a05"
      })
  void hasNoHashWhenTheBytesAreNoCommitment(String bytes) {
    assertThat(hex(bytes)).isEqualTo(new NotHashed(Unverifiable.MALFORMED_PAYLOAD));
  }

  @Test
  void takesTheLastOfRepeatedFieldsAndMergesReferences() {
    byte[] first =
        CommitmentPayload.newBuilder()
            .setAction("a")
            .setOutcomePositive(true)
            .setSupersedes(CommitmentRef.newBuilder().setSessionId("s").setCommitmentHash("h"))
            .build()
            .toByteArray();
    byte[] second =
        CommitmentPayload.newBuilder()
            .setAction("b")
            .setSupersedes(CommitmentRef.newBuilder().setCommitmentHash("i"))
            .build()
            .toByteArray();
    byte[] both = ByteString.copyFrom(first).concat(ByteString.copyFrom(second)).toByteArray();

    CommitmentFields fields = Hashes.hashed(both).fields();

    assertThat(fields).isEqualTo(fields(parsed(both)));
    assertThat(fields.action()).isEqualTo("b");
    assertThat(fields.supersedes()).contains(new CommitmentFields.Reference("s", "i"));
  }

  @Test
  void readsBase64AndSaysWhenThereIsNothingToRead() {
    String text = Base64.getEncoder().encodeToString(Samples.full().toByteArray());

    assertThat(CommitmentReading.ofBase64(text).hashValue()).contains(HASH);
    assertThat(CommitmentReading.ofBase64(""))
        .isEqualTo(new NotHashed(Unverifiable.PAYLOAD_MISSING));
    assertThat(CommitmentReading.ofBase64("?"))
        .isEqualTo(new NotHashed(Unverifiable.MALFORMED_PAYLOAD));
  }

  @Test
  void tellsMismatchFromWhatNobodyCanVerify() {
    CommitmentReading reading = CommitmentReading.of(Samples.full().toByteArray());

    assertThat(reading.verify(Optional.of(HASH)).wireName()).isEqualTo("verified");
    assertThat(reading.verify(Optional.of(HASH.replace('a', 'b'))).wireName())
        .isEqualTo("mismatch");
    assertThat(reading.verify(Optional.empty()).why()).contains("hash_not_recorded");
    Verification unknown = hex("6001").verify(Optional.of(HASH));
    assertThat(unknown.wireName()).isEqualTo("cannot_verify");
    assertThat(unknown.why()).contains("unknown_fields");
    assertThat(new Verification.Mismatch().why()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "sha256:0000000000000000000000000000000000000000000000000000000000000000, true",
    "sha256:000000000000000000000000000000000000000000000000000000000000000, false",
    "sha256:00000000000000000000000000000000000000000000000000000000000000000, false",
    "sha256:000000000000000000000000000000000000000000000000000000000000000A, false",
    "SHA256:0000000000000000000000000000000000000000000000000000000000000000, false",
    "0000000000000000000000000000000000000000000000000000000000000000, false",
    "'sha256:0000000000000000000000000000000000000000000000000000000000000000\n', false",
    "'', false"
  })
  void knowsTheFormOfAHash(String text, boolean wellFormed) {
    assertThat(CommitmentHash.isWellFormed(text)).isEqualTo(wellFormed);
  }
}
