package org.peerworks.protocol.peerworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.transport.api.Peer;
import org.peerworks.transport.api.TransportException;

/** Who gets a connection to the worker while others try to take them all. */
class AdmissionTest {

  @TempDir Path directory;
  private Rig rig;

  @BeforeEach
  void start() {
    rig = new Rig(directory);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private MemoryChannel channel(String peer) {
    MemoryChannel[] ends = MemoryChannel.pair(64 << 10);
    rig.worker.serve(new MemoryPeer(peer, MemoryPeer.client(ends[1]).binding(), ends[1]), ends[1]);
    return ends[0];
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 16, 1023})
  void channelsForTinyMessagesAreClosed(int size) {
    for (int i = 0; i < 20; i++) {
      MemoryChannel[] ends = MemoryChannel.pair(size);
      rig.worker.serve(MemoryPeer.client(ends[1]), ends[1]);
      Rig.get(ends[0].closed());
    }
    MemoryChannel[] ends = MemoryChannel.pair(size);
    assertThatThrownBy(() -> rig.connect(ends))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("needs 1024 or more");
    assertThat(Rig.get(rig.connect().jobs().types())).isNotNull();
  }

  @Test
  void aPeerThatBreaksTakesNoPlace() {
    for (int i = 0; i < 20; i++) {
      MemoryChannel[] ends = MemoryChannel.pair(64 << 10);
      rig.worker.serve(broken(MemoryPeer.client(ends[1])), ends[1]);
      Rig.get(ends[0].closed());
    }
    assertThat(Rig.get(rig.connect().jobs().types())).isNotNull();
  }

  private static Peer broken(Peer peer) {
    return (Peer)
        Proxy.newProxyInstance(
            Peer.class.getClassLoader(),
            new Class<?>[] {Peer.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("binding")) {
                throw new IllegalStateException("The connection is gone.");
              }
              try {
                return method.invoke(peer, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void whoProvesNothingMakesRoomForOthers() {
    RawClient oldest = new RawClient(channel("eve-0"));
    oldest.send(oldest.hello());
    oldest.message("hello");
    for (int i = 1; i < 20; i++) {
      RawClient waiting = new RawClient(channel("eve-" + i));
      waiting.send(waiting.hello());
      waiting.message("hello");
    }
    assertThat(oldest.bye()).contains("prove who you are");
    assertThat(Rig.get(rig.connect().jobs().types())).isNotNull();
  }

  @Test
  void onePeerCannotTakeAllConnections() {
    rig.close();
    rig = new Rig(directory.resolve("roomy"), Rig.connections(64));
    for (int i = 0; i < 8; i++) {
      new RawClient(channel("eve")).trusted();
    }
    assertThat(new RawClient(channel("eve")).bye()).contains("8 connections");
    assertThat(Rig.get(rig.connect().jobs().types())).isNotNull();
  }
}
