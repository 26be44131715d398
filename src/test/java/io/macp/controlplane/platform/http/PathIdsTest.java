// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Problem;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathIdsTest {
  @Test
  void readsUuidsInAnyCase() {
    UUID id = UUID.fromString("123e4567-e89b-12d3-a456-426614174000");

    assertThat(PathIds.uuid(id.toString())).isEqualTo(id);
    assertThat(PathIds.uuid("123E4567-E89B-12D3-A456-426614174000")).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1-1-1-1-1",
        "validate",
        "123e4567e89b12d3a456426614174000",
        "123e4567-e89b-12d3-a456-42661417400g",
        "123e4567-e89b-12d3-a456-426614174000 ",
        "123e4567-e89b-12d3-a456-4266141740001"
      })
  void refusesEverythingElse(String text) {
    Problem problem =
        catchThrowableOfType(Problem.ProblemException.class, () -> PathIds.uuid(text)).problem();

    assertThat(problem)
        .isEqualTo(
            Problem.of(ErrorCode.VALIDATION_ERROR, "Validation failed (uuid is expected)")
                .with("parameter", "id"));
  }

  @Test
  void namesTheParameterThatIsWrong() {
    Problem id =
        catchThrowableOfType(Problem.ProblemException.class, () -> PathIds.uuid("deliveryId", "x"))
            .problem();
    Problem text =
        catchThrowableOfType(
                Problem.ProblemException.class, () -> PathIds.text("policyId", "a\u0000", 9))
            .problem();

    assertThat(id.facts()).containsEntry("parameter", "deliveryId");
    assertThat(text)
        .isEqualTo(
            Problem.invalid(List.of("policyId must be valid text without the character U+0000")));
    assertThatThrownBy(() -> PathIds.text("policyId", "ten_signs_", 9))
        .hasMessage("policyId must be shorter than or equal to 9 characters");
    assertThat(PathIds.text("policyId", "policy.\ud83d\ude00", 9)).isEqualTo("policy.\ud83d\ude00");
  }
}
