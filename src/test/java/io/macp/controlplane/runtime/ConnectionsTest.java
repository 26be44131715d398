// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.macp.controlplane.runtime.Connections.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
  private final List<ManagedChannel> opened = new ArrayList<>();
  private final Connections connections = new Connections(this::open);

  @AfterEach
  void stop() {
    connections.close(Duration.ofSeconds(3));
  }

  @Test
  void sharesAConnectionAmongAHundredStreams() {
    occupy(100);

    assertThat(connections.streamConnections()).isEqualTo(1);
  }

  @Test
  void growsWithTheStreams() {
    occupy(201);

    assertThat(connections.streamConnections()).isEqualTo(3);
  }

  @Test
  void shrinksWithTheStreamsButKeepsOneConnection() {
    List<Place> places = occupy(201);

    places.forEach(place -> place.giveBack().run());

    assertThat(connections.streamConnections()).isEqualTo(1);
    assertThat(opened.stream().filter(ManagedChannel::isShutdown)).hasSize(2);
  }

  @Test
  void fillsGapsBeforeItGrows() {
    List<Place> places = occupy(150);
    places.subList(0, 50).forEach(place -> place.giveBack().run());

    occupy(50);

    assertThat(connections.streamConnections()).isEqualTo(2);
  }

  @Test
  void keepsUnaryCallsApartFromStreams() {
    Place place = connections.forStream("StreamSession");

    assertThat(connections.forUnary("GetSession")).isNotSameAs(place.channel());
  }

  @Test
  void closeEndsEveryConnection() {
    List<Place> places = occupy(150);

    connections.close(Duration.ofSeconds(3));
    places.forEach(place -> place.giveBack().run());

    assertThat(opened).hasSize(3).allMatch(ManagedChannel::isTerminated);
  }

  private List<Place> occupy(int streams) {
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < streams; i++) {
      places.add(connections.forStream("StreamSession"));
    }
    return places;
  }

  private ManagedChannel open() {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", 1, InsecureChannelCredentials.create()).build();
    opened.add(channel);
    return channel;
  }
}
