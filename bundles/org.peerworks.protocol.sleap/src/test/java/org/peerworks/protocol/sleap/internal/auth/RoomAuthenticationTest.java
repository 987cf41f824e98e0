package org.peerworks.protocol.sleap.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.peerworks.signaling.api.Room;
import org.peerworks.signaling.api.SessionString;

final class RoomAuthenticationTest {

  private static final Duration AGE = Duration.ofSeconds(300);
  private static final Optional<Verifier> SECRET =
      Optional.of(new SecretVerifier(Base64.getUrlEncoder().encodeToString(new byte[32])));

  private static Room room(boolean keyed, AtomicInteger asked) {
    return (Room)
        Proxy.newProxyInstance(
            Room.class.getClassLoader(),
            new Class<?>[] {Room.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "session" -> new SessionString("room1", "", "worker-1");
                  case "knowsAuthorizedKeys" -> keyed;
                  case "authorizedKeys" -> {
                    asked.incrementAndGet();
                    yield CompletableFuture.completedFuture(List.of());
                  }
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static Authentication.Mode mode(
      Optional<Verifier> secret, boolean required, Room... rooms) {
    RoomAuthentication authentication = new RoomAuthentication(room -> secret, required, AGE);
    for (Room room : rooms) {
      authentication.entered(room);
    }
    return authentication.now();
  }

  @Test
  void theSecretGoesBeforeKeysAndKeysBeforeNothing() {
    Room anonymous = room(false, new AtomicInteger());
    Room keyed = room(true, new AtomicInteger());

    assertThat(mode(SECRET, false, keyed).verifier()).isEqualTo(SECRET);
    assertThat(mode(Optional.empty(), false, keyed).verifier())
        .get()
        .isInstanceOf(KeyVerifier.class);
    assertThat(mode(Optional.empty(), false, keyed).required()).isTrue();
    assertThat(mode(Optional.empty(), false, anonymous))
        .isEqualTo(new Authentication.Mode(false, Optional.empty()));
  }

  @Test
  void whereAProofIsDemandedOrNoRoomIsKnownNobodyComesInWithoutOne() {
    Authentication.Mode closed = new Authentication.Mode(true, Optional.empty());

    assertThat(mode(Optional.empty(), true, room(false, new AtomicInteger()))).isEqualTo(closed);
    assertThat(mode(Optional.empty(), false)).isEqualTo(closed);
    assertThat(mode(SECRET, false)).isEqualTo(closed);
  }

  @Test
  void aSecretThatCannotBeUsedLetsNobodyIn() {
    RoomAuthentication authentication =
        new RoomAuthentication(
            room -> {
              throw new IllegalArgumentException("The room's secret is none.");
            },
            false,
            AGE);

    authentication.entered(room(false, new AtomicInteger()));

    assertThat(authentication.now()).isEqualTo(new Authentication.Mode(true, Optional.empty()));
  }

  @Test
  void theSecretIsTheOneOfTheRoom() {
    List<String> asked = new java.util.ArrayList<>();
    RoomAuthentication authentication =
        new RoomAuthentication(
            room -> {
              asked.add(room);
              return SECRET;
            },
            false,
            AGE);

    authentication.entered(room(true, new AtomicInteger()));

    assertThat(asked).containsExactly("room1");
    assertThat(authentication.now().verifier()).isEqualTo(SECRET);
  }

  @Test
  void keysAreKeptForAWhileButNotAFailure() {
    AtomicLong now = new AtomicLong();
    AtomicInteger asked = new AtomicInteger();
    CachedKeys keys =
        new CachedKeys(
            () ->
                asked.incrementAndGet() == 1
                    ? CompletableFuture.failedFuture(new IllegalStateException("away"))
                    : CompletableFuture.completedFuture(List.of(new byte[32])),
            AGE,
            now::get);

    assertThat(keys.fetch().toCompletableFuture()).isCompletedExceptionally();
    assertThat(keys.fetch().toCompletableFuture().join()).hasSize(1);
    now.set(AGE.toNanos() - 1);
    keys.fetch();
    assertThat(asked).hasValue(2);
    now.set(AGE.toNanos());
    keys.fetch();
    assertThat(asked).hasValue(3);
  }

  @Test
  void whoAsksWhileAnAnswerIsAwaitedWaitsForTheSame() {
    CompletableFuture<List<byte[]>> answer = new CompletableFuture<>();
    AtomicInteger asked = new AtomicInteger();
    CachedKeys keys =
        new CachedKeys(
            () -> {
              asked.incrementAndGet();
              return answer;
            },
            AGE,
            System::nanoTime);

    var one = keys.fetch().toCompletableFuture();
    var two = keys.fetch().toCompletableFuture();
    one.cancel(true);
    answer.complete(List.of());

    assertThat(two.join()).isEmpty();
    assertThat(asked).hasValue(1);
  }
}
