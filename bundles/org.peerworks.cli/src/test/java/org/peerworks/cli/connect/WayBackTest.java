package org.peerworks.cli.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.peerworks.signaling.api.JoinRequest;
import org.peerworks.signaling.api.PeerInfo;
import org.peerworks.signaling.api.Proof;
import org.peerworks.signaling.api.Role;
import org.peerworks.signaling.api.Room;
import org.peerworks.signaling.api.ServerAddress;
import org.peerworks.signaling.api.SessionString;
import org.peerworks.signaling.api.SignalingException;
import org.peerworks.transport.api.Peer;
import org.peerworks.transport.api.TransportException;

final class WayBackTest {

  private static final PeerInfo WORKER = new PeerInfo("worker-1", Role.WORKER, List.of(), Map.of());
  private static final JoinRequest REQUEST =
      new JoinRequest(
          new ServerAddress(URI.create("ws://lab:8080"), URI.create("http://lab:8001")),
          Optional.of("room-1"),
          Optional.of("token-1"),
          new PeerInfo("", Role.CLIENT, List.of(), Map.of()),
          Optional.empty(),
          false);

  private final List<String> closed = new CopyOnWriteArrayList<>();
  private final List<JoinRequest> joins = new ArrayList<>();
  private final List<PeerInfo> present = new CopyOnWriteArrayList<>(List.of(WORKER));
  private volatile boolean reachable = true;
  private SignalingException refusal;
  private int peers;

  private final WayBack way =
      new WayBack(this::join, REQUEST, room("first"), WORKER, peer(), (room, worker) -> peer());

  private CompletionStage<Room> join(JoinRequest request) {
    joins.add(request);
    reachable = true;
    return refusal == null
        ? CompletableFuture.completedFuture(room("next"))
        : CompletableFuture.failedFuture(refusal);
  }

  private Peer peer() {
    String name = "peer " + ++peers;
    return of(Peer.class, Map.of("toString", name), name);
  }

  private Room room(String name) {
    return of(
        Room.class,
        Map.of(
            "session",
            new SessionString("room-1", "token-1", "client-7"),
            "credential",
            "client-7:proof"),
        name);
  }

  private <T> T of(Class<T> type, Map<String, Object> answers, String name) {
    InvocationHandler handler =
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "connected" -> reachable;
              case "discover" -> CompletableFuture.completedFuture(List.copyOf(present));
              case "close" -> closed.add(name) ? null : null;
              default -> answers.get(method.getName());
            };
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private Peer reconnect() {
    return way.reconnect().toCompletableFuture().join();
  }

  @Test
  void theRoomThatIsStillThereIsUsedAndTheOldConnectionIsClosed() {
    assertThat(reconnect()).hasToString("peer 2");
    assertThat(joins).isEmpty();
    assertThat(closed).containsExactly("peer 1");
    way.close();
    assertThat(closed).containsExactly("peer 1", "peer 2", "first");
  }

  @Test
  void aRoomWhoseServerWasLostIsEnteredAnewAsTheSamePeer() {
    reachable = false;
    assertThat(reconnect()).hasToString("peer 2");
    assertThat(joins).hasSize(1);
    JoinRequest again = joins.get(0);
    assertThat(again.roomId()).contains("room-1");
    assertThat(again.token()).contains("token-1");
    assertThat(again.self().id()).isEqualTo("client-7");
    assertThat(again.credential()).contains("client-7:proof");
    assertThat(closed).contains("first");
  }

  @Test
  void aServerThatKnowsThePeerNoMoreIsAskedAsSomebodyNew() {
    reachable = false;
    refusal = new SignalingException(SignalingException.Code.IDENTITY_UNKNOWN, "Who?", null);
    assertThatThrownBy(this::reconnect).hasCauseInstanceOf(TransportException.class);
    reachable = false;
    refusal = null;
    assertThat(reconnect()).hasToString("peer 2");
    assertThat(joins.get(1).proof()).isEqualTo(Proof.ANONYMOUS);
    assertThat(joins.get(1).self().id()).isEmpty();
  }

  @Test
  void aWorkerThatIsNotThereMayComeLater() {
    present.clear();
    assertThatThrownBy(this::reconnect)
        .hasCauseInstanceOf(TransportException.class)
        .hasMessageContaining("'worker-1' is not in its room now");
    present.add(WORKER);
    assertThat(reconnect()).hasToString("peer 2");
  }

  @Test
  void aRoomThatIsGoneEndsTheSearch() {
    reachable = false;
    refusal = new SignalingException(SignalingException.Code.ROOM_GONE, "No such room.", null);
    assertThatThrownBy(this::reconnect)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(SignalingException.class);
  }
}
