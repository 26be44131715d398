// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.macp.controlplane.platform.ErrorCode;
import io.macp.controlplane.platform.Json;
import io.macp.controlplane.platform.Problem;
import io.macp.controlplane.platform.http.BodyFields;
import io.macp.controlplane.runtime.view.PolicyView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyRequestTest {
  private static BodyFields body(String json) throws Json.MalformedJson {
    return BodyFields.of(Json.read(json.replace('\'', '"').getBytes(UTF_8)));
  }

  private static PolicyView read(String json) throws Json.MalformedJson {
    return PolicyRequest.read(body(json));
  }

  @Test
  void takesAPolicyAndWhatItLacks() throws Json.MalformedJson {
    assertThat(read("{'policyId':'p','mode':'*','rules':{'voting':{'algorithm':'majority'}}}"))
        .isEqualTo(new PolicyView("p", "*", "", "{\"voting\":{\"algorithm\":\"majority\"}}", 1, 0));
    assertThat(
            read(
                "{'policyId':'p','mode':'m','description':'d','rules':{},'schemaVersion':2,'x':1}"))
        .isEqualTo(new PolicyView("p", "m", "d", "{}", 2, 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'authority':'designated_role','designated_roles':['a']}",
        "{'authority':'designated_roles','designatedRoles':['a']}",
        "{'authority':'designated_role','designatedRoles':['a']}",
      })
  void speaksOfDesignatedRolesInTheWordsOfTheProtocol(String commitment) throws Json.MalformedJson {
    PolicyView policy =
        read("{'policyId':'p','mode':'*','rules':{'commitment':" + commitment + "}}");

    assertThat(policy.rules())
        .isEqualTo(
            "{\"commitment\":{\"authority\":\"designated_role\",\"designated_roles\":[\"a\"]}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'mode':'*','rules':{}} | policyId should not be empty",
        "{'policyId':' ','mode':'*','rules':{}} | policyId should not be empty",
        "{'policyId':7,'mode':'*','rules':{}} | policyId should not be empty",
        "{'policyId':'policy.default','mode':'*','rules':{}} | policyId must not be"
            + " policy.default, which is reserved",
        "{'policyId':'p','rules':{}} | mode should not be empty",
        "{'policyId':'p','mode':'*','rules':{},'description':7} | description must be a string",
        "{'policyId':'p','mode':'*'} | rules must be an object",
        "{'policyId':'p','mode':'*','rules':[]} | rules must be an object",
        "{'policyId':'p','mode':'*','rules':'{}'} | rules must be an object",
        "{'policyId':'p','mode':'*','rules':{},'schemaVersion':0} | schemaVersion must be an"
            + " integer greater than 0",
        "{'policyId':'p','mode':'*','rules':{},'schemaVersion':'1'} | schemaVersion must be an"
            + " integer greater than 0",
        "{'policyId':'p','mode':'*','rules':{'voting':{'algorithm':'weighted'}}} |"
            + " rules.voting.weights must be an object when the algorithm is weighted",
        "{'policyId':'p','mode':'*','rules':{'voting':{'algorithm':'weighted','weights':[]}}} |"
            + " rules.voting.weights must be an object when the algorithm is weighted",
        "{'policyId':'p','mode':'*','rules':{'voting':{'algorithm':'supermajority'}}} |"
            + " rules.voting.threshold must be greater than 0.5 when the algorithm is supermajority",
        "{'policyId':'p','mode':'*','rules':{'voting':{'algorithm':'supermajority','threshold':0.5}}}"
            + " | rules.voting.threshold must be greater than 0.5 when the algorithm is"
            + " supermajority",
        "{'policyId':'p','mode':'*','rules':{'commitment':{'authority':'designated_role'}}} |"
            + " rules.commitment.designated_roles must be a non-empty array when the authority is"
            + " designated_role",
        "{'policyId':'p','mode':'*','rules':{'commitment':{'authority':'designated_roles',"
            + "'designated_roles':[]}}} | rules.commitment.designated_roles must be a non-empty"
            + " array when the authority is designated_role",
      })
  void namesTheFieldThatIsWrong(String json, String message) throws Json.MalformedJson {
    BodyFields body = body(json);

    Problem problem =
        catchThrowableOfType(Problem.ProblemException.class, () -> PolicyRequest.read(body))
            .problem();

    assertThat(problem.fieldErrors()).containsExactly(message);
    assertThat(problem.code()).isEqualTo(ErrorCode.INVALID_POLICY_DEFINITION);
    assertThat(problem.status()).isEqualTo(400);
  }
}
