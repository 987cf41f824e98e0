package org.peerworks.transport.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Those who connect without an invitation, or with one and then do nothing. */
class StrangersTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  @Test
  void strangersThatSayNothingAreFewAndKeepNobodyOut() throws Exception {
    try (Pair pair = new Pair(Pair.settings().with("maxStrangers", 8))) {
      List<Socket> silent = new ArrayList<>();
      try {
        for (int i = 0; i < 200; i++) {
          silent.add(stranger(pair));
        }
        await().atMost(LONG).until(() -> pair.worker.strangers() == 8);
        int threads = threads();
        assertThat(pair.connect().id()).isEqualTo("worker");
        assertThat(threads).isLessThan(20);
        assertClosed(silent.get(0));
      } finally {
        closeAll(silent);
      }
    }
  }

  @Test
  void aStrangerThatSaysNothingIsClosedAfterAWhile() throws Exception {
    try (Pair pair = new Pair(Pair.settings().with("handshakeTimeoutSeconds", 1));
        Socket silent = stranger(pair)) {
      assertClosed(silent);
      assertThat(pair.worker.strangers()).isZero();
    }
  }

  private static int threads() {
    return (int)
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("peerworks-direct"))
            .count();
  }

  @Test
  void whoSpeaksSomethingElseIsClosedAtOnceWithoutAWord() throws Exception {
    try (Pair pair = new Pair()) {
      Random random = new Random(3);
      for (int i = 0; i < 50; i++) {
        byte[] noise = new byte[Preamble.SIZE + random.nextInt(2000)];
        random.nextBytes(noise);
        try (Socket socket = stranger(pair)) {
          write(socket, noise);
          assertClosed(socket);
        }
      }
      try (Socket http = stranger(pair)) {
        write(http, "GET / HTTP/1.1\r\nHost: worker\r\n\r\n".getBytes());
        assertClosed(http);
      }
      try (Socket forged = stranger(pair)) {
        write(forged, Preamble.of(Note.Json.newTicket()).array());
        assertClosed(forged);
      }
      assertThat(pair.connect().id()).isEqualTo("worker");
    }
  }

  @Test
  void aHandshakeThatIsNotFinishedIsGivenUp() throws Exception {
    Identity key = Identity.create();
    try (Pair pair = new Pair(Pair.settings().with("handshakeTimeoutSeconds", 1))) {
      Note.Answer answer = RawTls.invitation(pair, key.fingerprint());
      List<Socket> halfOpen = new ArrayList<>();
      try {
        for (int i = 0; i < 6; i++) { // the last ones are not even begun with
          halfOpen.add(RawTls.connect(answer));
        }
        for (Socket socket : halfOpen) {
          assertClosed(socket);
        }
      } finally {
        closeAll(halfOpen);
      }
      await() // for others have to be counted out first
          .atMost(LONG)
          .pollInterval(Duration.ofSeconds(3))
          .pollDelay(Duration.ZERO)
          .ignoreExceptions()
          .until(() -> RawTls.client(answer, key, "TLSv1.3").hello() != null);
      assertThat(pair.accepted().id()).isEqualTo("raw");
    }
  }

  @Test
  void anInvitationThatOthersWaitForTooGivesWay() throws Exception {
    Identity key = Identity.create();
    try (Pair pair = new Pair(Pair.settings().with("maxPending", 1))) {
      Note.Answer old = RawTls.invitation(pair, key.fingerprint());
      assertThat(pair.connect().id()).isEqualTo("worker");
      try (Socket late = RawTls.connect(old)) {
        assertClosed(late);
      }
    }
  }

  private static Socket stranger(Pair pair) throws IOException {
    Socket socket = new Socket("127.0.0.1", pair.port());
    socket.setSoTimeout(60_000);
    return socket;
  }

  private static void write(Socket socket, byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      // It was closed while the rest was written, which is what is wanted.
      assertThat(e).hasMessageMatching("(?i).*(reset|broken pipe).*");
    }
  }

  /** Nothing is answered; the end is all that comes. */
  private static void assertClosed(Socket socket) throws IOException {
    int read;
    try {
      read = socket.getInputStream().read();
    } catch (java.net.SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      read = -1; // reset, as what was sent was not read
    }
    assertThat(read).isEqualTo(-1);
  }

  private static void closeAll(List<Socket> sockets) throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
