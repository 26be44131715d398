// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime;

import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.grpc.ClientInterceptor;
import io.grpc.stub.StreamObserver;
import io.macp.v1.Envelope;
import io.macp.v1.MACPRuntimeServiceGrpc;
import io.macp.v1.SendRequest;
import io.macp.v1.StreamSessionRequest;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The product watches and never speaks: no way leads from its own classes to {@code Send}, and a
 * session stream gets one frame from one place. The one exception is the initiator mode, which
 * speaks through one class, made only where its setting is on. The embedded runtime serves these
 * calls and the demo plays agents; both are exempt.
 */
class ObserverOnlyTest {
  private static final String SERVICE = MACPRuntimeServiceGrpc.class.getName();
  private static final String[] EXEMPT = {
    "io.macp.controlplane.embedded..",
    "io.macp.controlplane.demo..",
    "io.macp.v1..",
    "io.macp.modes.."
  };
  private static final Set<String> SENDING = Set.of("send", "getSendMethod");
  private static final Set<String> STREAMING = Set.of("streamSession", "getStreamSessionMethod");
  private static final Set<String> RAW_CALLS =
      Set.of(
          "io.grpc.stub.ClientCalls",
          "io.grpc.Channel",
          "io.grpc.ManagedChannel",
          "io.grpc.ClientCall");
  private static final Set<String> RAW_METHODS =
      Set.of(
          "newCall",
          "sendMessage",
          "start",
          "blockingUnaryCall",
          "blockingV2UnaryCall",
          "asyncUnaryCall",
          "futureUnaryCall",
          "asyncBidiStreamingCall",
          "blockingBidiStreamingCall",
          "asyncClientStreamingCall",
          "blockingClientStreamingCall");

  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.macp");

  private static final ArchRule NOBODY_SENDS =
      noClasses()
          .that()
          .resideOutsideOfPackages(EXEMPT)
          .and()
          .doNotBelongToAnyOf(SpokenCalls.class)
          .should(callMethodWhere(onService(SENDING)))
          .orShould(callMethodWhere(rawGrpc()))
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(SendRequest.class);

  @Test
  void nothingCallsSend() {
    NOBODY_SENDS.check(PRODUCT);
  }

  @Test
  void speechIsAllowedInOnePlace() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.macp.controlplane.boot.RuntimeStart")
        .should(
            callMethodWhere(
                described("allow speech", call -> call.getName().equals("allowSpeech"))))
        .check(PRODUCT);
  }

  @Test
  void onlyOneClassOpensSessionStreams() {
    noClasses()
        .that()
        .resideOutsideOfPackages(EXEMPT)
        .and()
        .doNotBelongToAnyOf(PassiveSubscription.class)
        .should(callMethodWhere(onService(STREAMING)))
        .check(PRODUCT);
  }

  @Test
  void thatClassWritesOneFrameInOnePlace() {
    List<JavaMethodCall> writes =
        PRODUCT.get(PassiveSubscription.class).getMethodCallsFromSelf().stream()
            .filter(call -> writesToStream().test(call))
            .toList();

    assertThat(writes).hasSize(1);
  }

  @Test
  void nothingElseInTheClientWrites() {
    noClasses()
        .that()
        .resideInAPackage("io.macp.controlplane.runtime..")
        .and()
        .doNotBelongToAnyOf(PassiveSubscription.class)
        .should(callMethodWhere(writesToStream()))
        .check(PRODUCT);
  }

  @Test
  void theObserverNeverPutsAnEnvelopeIntoAFrame() {
    noClasses()
        .that()
        .resideOutsideOfPackages(EXEMPT)
        .and()
        .doNotBelongToAnyOf(SpokenCalls.class)
        .should(
            callMethodWhere(
                described(
                    "put an envelope into a stream frame",
                    call ->
                        isIn(call, StreamSessionRequest.class)
                            && Set.of("setEnvelope", "mergeEnvelope", "getEnvelopeBuilder")
                                .contains(call.getName()))))
        .orShould()
        .callMethod(Envelope.class, "newBuilder")
        .check(PRODUCT);
  }

  @Test
  void generatedClassesStayBehindTheClient() {
    noClasses()
        .that()
        .resideOutsideOfPackages(EXEMPT)
        .and()
        .resideOutsideOfPackage("io.macp.controlplane.runtime..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.macp.v1..", "io.macp.modes..")
        .check(PRODUCT);
  }

  @Test
  void publicSignaturesOfTheClientShowNoneOfThem() {
    List<String> shown =
        PRODUCT.stream()
            .filter(type -> type.getPackageName().startsWith("io.macp.controlplane.runtime"))
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .flatMap(type -> type.getCodeUnits().stream())
            .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(unit -> unit.getAllInvolvedRawTypes().stream().anyMatch(t -> isWire(t)))
            .map(JavaCodeUnit::getFullName)
            .toList();

    assertThat(shown).isEmpty();
  }

  @Test
  void theRuleSeesEveryGeneratedWayToSend() {
    Set<String> ways =
        PRODUCT.stream()
            .filter(type -> type.getName().startsWith(SERVICE))
            .flatMap(type -> type.getMethods().stream())
            .filter(method -> SENDING.contains(method.getName()))
            .map(method -> method.getOwner().getSimpleName() + "." + method.getName())
            .collect(Collectors.toSet());

    assertThat(ways)
        .containsExactlyInAnyOrder(
            "AsyncService.send",
            "MACPRuntimeServiceStub.send",
            "MACPRuntimeServiceBlockingStub.send",
            "MACPRuntimeServiceBlockingV2Stub.send",
            "MACPRuntimeServiceFutureStub.send",
            "MACPRuntimeServiceGrpc.getSendMethod");
  }

  @Test
  void theRuleCatchesAClassThatSends() {
    JavaClasses offender = new ClassFileImporter().importClasses(Offender.class);

    assertThatThrownBy(() -> NOBODY_SENDS.check(offender))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Offender.speak")
        .hasMessageContaining("Offender.speakRaw");
  }

  /** Breaks the rule, so that the rule is known to work. */
  static final class Offender {
    void speak(MACPRuntimeServiceGrpc.MACPRuntimeServiceStub stub) {
      stub.withCompression("gzip").send(SendRequest.getDefaultInstance(), null);
    }

    void speakRaw(io.grpc.Channel channel) {
      channel.newCall(MACPRuntimeServiceGrpc.getSendMethod(), io.grpc.CallOptions.DEFAULT);
    }
  }

  private static DescribedPredicate<JavaMethodCall> onService(Set<String> names) {
    return described(
        "call " + names + " of the runtime's service",
        call ->
            call.getTargetOwner().getName().startsWith(SERVICE) && names.contains(call.getName()));
  }

  private static DescribedPredicate<JavaMethodCall> rawGrpc() {
    return described(
        "make a call without a stub",
        call ->
            RAW_CALLS.contains(call.getTargetOwner().getName())
                && RAW_METHODS.contains(call.getName())
                && !passesOn(call));
  }

  /** What is called through a stub, on its way through an interceptor. */
  private static boolean passesOn(JavaMethodCall call) {
    return call.getOrigin().getName().equals("interceptCall")
        && call.getOriginOwner().isAssignableTo(ClientInterceptor.class)
        && call.getName().equals("newCall");
  }

  private static DescribedPredicate<JavaMethodCall> writesToStream() {
    return described(
        "write to a stream",
        call ->
            call.getName().equals("onNext")
                && call.getTargetOwner().isAssignableTo(StreamObserver.class));
  }

  private static boolean isWire(JavaClass type) {
    return List.of("io.macp.v1", "io.macp.modes", "com.google.protobuf", "io.grpc").stream()
        .anyMatch(type.getPackageName()::startsWith);
  }

  private static boolean isIn(JavaMethodCall call, Class<?> type) {
    JavaClass owner = call.getTargetOwner();
    return owner.getName().startsWith(type.getName());
  }

  private static DescribedPredicate<JavaMethodCall> described(
      String description, java.util.function.Predicate<JavaMethodCall> test) {
    return DescribedPredicate.describe(description, test);
  }
}
