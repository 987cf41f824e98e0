package org.peerworks.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.transport.api.Peer;

class PresenceTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path directory;

  private static Presence presence(Pair pair, Peer peer) {
    return new Presence(pair.workerRoom, ((WebRtcPeer) peer).link());
  }

  @Test
  void oneWhoIsSilentAndHasLeftTheRoomIsNotWaitedFor() throws Exception {
    try (Pair pair = new Pair(directory)) {
      pair.connect();
      Peer worker = pair.accepted();
      pair.members.remove("client");

      presence(pair, worker).begin();

      assertThat(worker.closed().toCompletableFuture().get(60, TimeUnit.SECONDS))
          .isEqualTo("Nothing is heard from 'client', and it has left the room.");
    }
  }

  @Test
  void oneWhoIsSilentAndStillInTheRoomIsWaitedFor() throws Exception {
    try (Pair pair = new Pair(directory)) {
      pair.connect();
      Peer worker = pair.accepted();

      presence(pair, worker).begin();
      await().atMost(LONG).until(() -> pair.workerRoom.asked() >= 3);
      assertThat(worker.closed().toCompletableFuture()).isNotDone();
    }
  }
}
