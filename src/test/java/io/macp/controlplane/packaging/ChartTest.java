// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart, rendered by Helm. */
class ChartTest {
  @Test
  void helmFindsNothingToSayButThatThereIsNoIcon() {
    assertThat(Chart.lint()).containsExactly("[INFO] Chart.yaml: icon is recommended");
  }

  @Test
  void theChartIsOfTheReleaseOfTheProduct() {
    JsonNode chart = Chart.yaml("packaging/helm/macp-control-plane/Chart.yaml");

    assertThat(chart.path("version").asText()).isEqualTo(Known.version());
    assertThat(chart.path("appVersion").asText()).isEqualTo(Known.version());
    assertThat(Chart.with("minimal.yaml").container().path("image").asText())
        .isEqualTo("macp-control-plane:" + Known.version());
  }

  @Test
  void whatIsOptionalIsOffAndTheBudgetIsOn() {
    assertThat(Chart.with("minimal.yaml").kinds())
        .containsExactlyInAnyOrder(
            "ServiceAccount", "Service", "Deployment", "PodDisruptionBudget");
    assertThat(Chart.with("full.yaml").kinds())
        .containsExactlyInAnyOrder(
            "ServiceAccount",
            "Service",
            "Deployment",
            "PodDisruptionBudget",
            "Ingress",
            "HorizontalPodAutoscaler",
            "NetworkPolicy",
            "ServiceMonitor");
    assertThat(Chart.with("bare.yaml").kinds())
        .containsExactlyInAnyOrder("Service", "Deployment", "NetworkPolicy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"minimal.yaml", "full.yaml", "bare.yaml"})
  void thePodMayDoNothingThatItNeedNot(String values) {
    Chart chart = Chart.with(values);
    JsonNode pod = chart.pod();
    JsonNode container = chart.container();

    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(pod.at("/securityContext/runAsUser").asInt()).isEqualTo(10001);
    assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
    assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
    assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true)).isFalse();
    assertThat(container.at("/securityContext/capabilities/drop/0").asText()).isEqualTo("ALL");
    assertThat(container.at("/resources/limits/memory").asText()).isNotEmpty();
    assertThat(container.path("volumeMounts"))
        .anySatisfy(
            mount -> assertThat(mount.path("mountPath").asText()).isEqualTo("/var/lib/macp"));
    for (String kind : Set.of("kind: Role", "kind: ClusterRole", "hostPath", "hostNetwork")) {
      assertThat(chart.text()).doesNotContain(kind);
    }
  }

  @Test
  void probesAskWhatTheServerAnswers() {
    JsonNode container = Chart.with("minimal.yaml").container();

    assertThat(container.at("/startupProbe/httpGet/path").asText()).isEqualTo("/healthz");
    assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/healthz");
    assertThat(container.at("/readinessProbe/httpGet/path").asText())
        .isEqualTo("/readyz?strict=true");
    for (String probe : Set.of("startupProbe", "livenessProbe", "readinessProbe")) {
      assertThat(container.at("/" + probe + "/httpGet/port").asText()).isEqualTo("http");
    }
    assertThat(container.at("/ports/0/name").asText()).isEqualTo("http");
    assertThat(container.at("/ports/0/containerPort").asInt()).isEqualTo(3001);
    assertThat(
            container.at("/startupProbe/periodSeconds").asInt()
                * container.at("/startupProbe/failureThreshold").asInt())
        .isEqualTo(180);
  }

  @ParameterizedTest
  @CsvSource({"minimal.yaml, 45", "full.yaml, 56"})
  void aPodMayTakeAsLongAsItsPartsDoToStop(String values, int seconds) {
    Chart chart = Chart.with(values);

    assertThat(chart.pod().path("terminationGracePeriodSeconds").asInt()).isEqualTo(seconds);
    assertThat(chart.container().at("/lifecycle/preStop/exec/command").toString())
        .isEqualTo("[\"sleep\",\"5\"]");
    JsonNode strategy = chart.kind("Deployment").at("/spec/strategy/rollingUpdate");
    assertThat(strategy.path("maxUnavailable").asInt(1)).isZero();
    assertThat(chart.kind("PodDisruptionBudget").at("/spec/maxUnavailable").asInt()).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"minimal.yaml", "full.yaml"})
  void everyVariableIsASettingOfTheProductAndSetOnce(String values) {
    Set<String> names = new HashSet<>();
    for (JsonNode variable : Chart.with(values).container().path("env")) {
      assertThat(names.add(variable.path("name").asText())).as("%s", variable).isTrue();
      JsonNode value = variable.path("value");
      assertThat(value.isTextual() || variable.has("valueFrom")).as("%s", variable).isTrue();
    }
    Known.onlyKnown(names);
  }

  @Test
  void secretsComeFromSecretsThatExist() {
    Chart chart = Chart.with("full.yaml");

    assertThat(chart.kinds()).doesNotContain("Secret");
    for (String name : Set.of("DATABASE_URL", "RUNTIME_BEARER_TOKEN", "WEBHOOK_SECRET_KEY")) {
      JsonNode variable = chart.variable(name);
      assertThat(variable.has("value")).isFalse();
      assertThat(variable.at("/valueFrom/secretKeyRef/name").asText()).isEqualTo("macp");
    }
    assertThat(chart.variable("INSTANCE_NAME").at("/valueFrom/fieldRef/fieldPath").asText())
        .isEqualTo("metadata.name");
    assertThat(chart.variable("OTEL_ENABLED").path("value").asText()).isEqualTo("false");
    assertThat(chart.variable("RUNTIME_ALLOW_INSECURE").path("value").asText()).isEqualTo("true");
  }

  @ParameterizedTest
  @CsvSource({
    "settings.DATABASE_URL, postgres://u:p@db/macp, DATABASE_URL",
    "settings.AUTH_API_KEYS, key, AUTH_API_KEYS",
    "settings.LOG_LEVELL, info, LOG_LEVELL",
    "secrets.DATABASE_URL, postgres://u:p@db/macp, DATABASE_URL",
    "runtime.address, http://runtime, address",
    "runtime.address, '', runtime.address is required",
    "image.tag, latest, tag",
    "ingress.enabled, true, ingress.host is required",
    "replicas, 3, replicas",
  })
  void helmRefusesWhatCannotBeMeant(String name, String value, String named) {
    assertThatThrownBy(() -> Chart.with("minimal.yaml", name, value)).hasMessageContaining(named);
  }

  @Test
  void somebodyMustBeAbleToComeIn() {
    assertThatThrownBy(() -> Chart.with("full.yaml", "settings.MP_JWT_VERIFY_ISSUER", ""))
        .hasMessageContaining("secrets.AUTH_API_KEYS is required");
  }

  @Test
  void theIngressLetsStreamsThrough() {
    JsonNode ingress = Chart.with("full.yaml").kind("Ingress");
    JsonNode annotations = ingress.at("/metadata/annotations");

    assertThat(annotations.path("nginx.ingress.kubernetes.io/proxy-buffering").asText())
        .isEqualTo("off");
    assertThat(annotations.path("nginx.ingress.kubernetes.io/proxy-read-timeout").asInt())
        .isGreaterThan(15);
    assertThat(ingress.at("/spec/tls/0/secretName").asText()).isEqualTo("macp-tls");
    assertThat(ingress.at("/spec/rules/0/http/paths/0/backend/service/name").asText())
        .isEqualTo(Chart.with("full.yaml").kind("Service").at("/metadata/name").asText());
  }

  @Test
  void everythingThatSelectsPodsSelectsThese() {
    Chart chart = Chart.with("full.yaml");
    JsonNode labels = chart.kind("Deployment").at("/spec/template/metadata/labels");

    for (JsonNode selector :
        List.of(
            chart.kind("Deployment").at("/spec/selector/matchLabels"),
            chart.kind("Service").at("/spec/selector"),
            chart.kind("PodDisruptionBudget").at("/spec/selector/matchLabels"),
            chart.kind("NetworkPolicy").at("/spec/podSelector/matchLabels"))) {
      assertThat(selector.properties())
          .isNotEmpty()
          .allMatch(label -> labels.path(label.getKey()).equals(label.getValue()));
    }
    assertThat(chart.kind("HorizontalPodAutoscaler").at("/spec/scaleTargetRef/name").asText())
        .isEqualTo(chart.kind("Deployment").at("/metadata/name").asText());
    assertThat(chart.kind("Deployment").path("spec").has("replicas")).isFalse();
    assertThat(chart.kind("ServiceMonitor").at("/spec/endpoints/0/path").asText())
        .isEqualTo("/metrics");
  }
}
