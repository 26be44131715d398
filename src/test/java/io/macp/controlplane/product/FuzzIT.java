// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.macp.controlplane.platform.Json;
import io.macp.controlplane.product.FuzzRequests.FuzzRequest;
import io.macp.controlplane.product.KeyedClient.Ask;
import io.macp.controlplane.product.KeyedClient.Reply;
import io.macp.controlplane.product.RawConnection.RawAnswer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whatever comes in any parameter, the answer is no failure of the server, and a refusal says in
 * the one error body what was wrong. {@code -Dfuzz.seed} and {@code -Dfuzz.requests} repeat a run
 * or make it longer.
 */
class FuzzIT {
  private static final long SEED = Long.getLong("fuzz.seed", 20_261_121L);
  private static final int REQUESTS = Integer.getInteger("fuzz.requests", 24_000);
  private static final Duration LONGEST = Duration.ofMinutes(8);
  private static final int CLIENTS = 4;
  private static final int MOST_SHOWN = 40;
  private static final Map<String, String> SETTINGS =
      Map.of(
          "SESSION_POLL_TIMEOUT_MS", "20000",
          "STREAM_SSE_HEARTBEAT_MS", "1000",
          "STREAM_SSE_LINGER_MS", "2000");

  private final Map<Integer, LongAdder> statuses = new ConcurrentSkipListMap<>();
  private final Map<Integer, String> faults = new ConcurrentSkipListMap<>();

  @Test
  void answersWhateverComesAndNamesWhatIsWrong() throws Exception {
    try (EndpointWorld world = EndpointWorld.with(SETTINGS).start()) {
      long begin = System.nanoTime();
      int done = throwAt(world);
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      System.out.printf(
          "fuzz: seed %d, %d requests in %d s, answers by status %s%n",
          SEED, done, took.toSeconds(), new TreeMap<>(statuses));

      assertThat(faults.values().stream().limit(MOST_SHOWN)).as("seed %d", SEED).isEmpty();
      assertThat(done).isEqualTo(REQUESTS);
      assertIsWell(world);
    }
  }

  /** The number of requests that were made in time. */
  private int throwAt(EndpointWorld world) throws Exception {
    Reply document = world.asRoot(Ask.json("GET", "/openapi?format=json", ""));
    List<FuzzTarget> targets = FuzzTarget.of(Json.readTree(document.text()), EndpointRows.all());
    FuzzRequests requests = new FuzzRequests(SEED, targets, world::filled, EndpointWorld.ROOT);
    AtomicInteger next = new AtomicInteger();
    long end = System.nanoTime() + LONGEST.toNanos();
    Callable<Integer> client =
        () -> {
          int done = 0;
          try (RawConnection connection = new RawConnection(world.port())) {
            for (int i = next.getAndIncrement();
                i < REQUESTS && System.nanoTime() - end < 0;
                i = next.getAndIncrement()) {
              throwOne(i, requests.request(i), connection);
              done++;
            }
          }
          return done;
        };
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      int all = 0;
      for (var one :
          clients.invokeAll(IntStream.range(0, CLIENTS).mapToObj(i -> client).toList())) {
        all += one.get();
      }
      return all;
    }
  }

  private void throwOne(int number, FuzzRequest request, RawConnection connection)
      throws IOException {
    RawAnswer answer;
    try {
      answer = connection.send(request.bytes());
    } catch (IOException e) {
      connection.close();
      answer = new RawAnswer(0, Map.of(), e.toString());
    }
    statuses.computeIfAbsent(answer.status(), status -> new LongAdder()).increment();
    FuzzVerdict.fault(request, answer)
        .ifPresent(what -> faults.put(number, "#" + number + " " + what + " to " + request));
  }

  private static void assertIsWell(EndpointWorld world) {
    assertThat(world.asRoot(Ask.json("GET", "/readyz?strict=true", "")).status()).isEqualTo(200);
    assertThat(world.asRoot(Ask.json("GET", "/runs?limit=1", "")).status()).isEqualTo(200);
    assertThat(world.log().lines().filter(FuzzIT::isUnexpected).limit(MOST_SHOWN)).isEmpty();
  }

  private static boolean isUnexpected(String line) {
    return !line.contains("AccessLog")
        && Stream.of("\tat ", "Exception", "FFDC", "[ERROR").anyMatch(line::contains);
  }
}
