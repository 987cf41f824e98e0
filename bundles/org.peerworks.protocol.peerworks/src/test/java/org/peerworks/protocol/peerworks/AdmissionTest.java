package org.peerworks.protocol.peerworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.job.api.TransferListener;
import org.peerworks.protocol.api.RemoteWorker;
import org.peerworks.protocol.peerworks.internal.ClientLimits;
import org.peerworks.protocol.peerworks.internal.identity.Transcript;
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
    rig = new Rig(directory.resolve("roomy"), new Tuned().clients(ClientLimits.DEFAULT).get());
    for (int i = 0; i < 4; i++) {
      new RawClient(channel("eve")).trusted();
    }
    assertThat(new RawClient(channel("eve")).bye()).contains("4 connections");
    assertThat(Rig.get(rig.connect().jobs().types())).isNotNull();
  }

  private void serve(ClientLimits limits) {
    rig.close();
    rig = new Rig(directory.resolve("other"), new Tuned().clients(limits).get());
  }

  @Test
  void whoDoesNothingGivesWayToANewcomer() {
    serve(new ClientLimits(2, 8, 8, Duration.ofNanos(1)));
    RawClient first = new RawClient(channel("eve-1")).trusted();
    RawClient second = new RawClient(channel("eve-2")).trusted();

    assertThat(Rig.get(rig.connect().jobs().types())).isNotNull();

    assertThat(first.bye()).contains("others have more to do");
    Rig.get(first.channel.closed());
    second.request(1, "types", p -> p);
    assertThat(second.reply(1).has("result")).isTrue();
  }

  @Test
  void aStrangerDoesNotPushOutWhoIsBusy() {
    serve(new ClientLimits(2, 8, 8, Duration.ofSeconds(60)));
    new RawClient(channel("eve-1")).trusted();
    new RawClient(channel("eve-2")).trusted();

    RawClient third = new RawClient(channel("eve-3"));
    third.send(third.hello());
    third.send(third.proof(third.transcript(third.message("hello")), Transcript.Role.CLIENT));

    assertThat(third.bye()).contains("serves 2 clients at once, and each is busy");
  }

  @Test
  void strangersCannotLockOutWhoOwnsJobsHere() throws IOException {
    serve(new ClientLimits(3, 8, 8, Duration.ofSeconds(60)));
    RemoteWorker owner = rig.connect();
    submit(owner);
    owner.close();
    List<RawClient> strangers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      RawClient stranger = new RawClient(channel("eve-" + i));
      stranger.send(stranger.hello());
      stranger.send(
          stranger.proof(stranger.transcript(stranger.message("hello")), Transcript.Role.CLIENT));
      strangers.add(stranger);
    }

    RemoteWorker again = rig.connect();

    assertThat(Rig.get(again.jobs().types())).isNotNull();
    assertThat(strangers.get(0).bye()).contains("others have more to do");
    RawClient last = new RawClient(channel("eve"));
    last.send(last.hello());
    last.send(last.proof(last.transcript(last.message("hello")), Transcript.Role.CLIENT));
    assertThat(last.bye()).contains("each is busy");
    assertThat(Rig.get(again.jobs().types())).isNotNull();
  }

  @Test
  void whoFollowsAJobOfItsOwnIsBusyAndAStrangerWhoOnlyLooksOnIsNot() throws IOException {
    serve(new ClientLimits(2, 8, 8, Duration.ofNanos(1)));
    RemoteWorker owner = rig.connect();
    submit(owner);
    owner.jobs().watch("", -1, event -> CompletableFuture.completedFuture(null));
    Rig.get(owner.jobs().types());
    RawClient stranger = new RawClient(channel("eve")).trusted();
    stranger.request(1, "watch", p -> p.put("jobId", "").put("after", -1).put("credit", 1));
    stranger.reply(1);

    for (int i = 0; i < 5; i++) {
      new RawClient(channel("eve-" + i)).trusted();
    }

    assertThat(stranger.bye()).contains("others have more to do");
    assertThat(Rig.get(owner.jobs().types())).isNotNull();
  }

  @Test
  void oneIdentityCannotTakeAllConnections() {
    serve(new ClientLimits(8, 8, 2, Duration.ofSeconds(60)));
    rig.connect();
    rig.connect();
    assertThatThrownBy(() -> rig.connect()).hasMessageContaining("You have 2 connections");
    new RawClient(channel("eve")).trusted();
  }

  private void submit(RemoteWorker worker) throws IOException {
    Rig.get(
        worker.jobs().submit(Rig.copy(Map.of("a", rig.file("a", 1000))), TransferListener.NONE));
  }
}
