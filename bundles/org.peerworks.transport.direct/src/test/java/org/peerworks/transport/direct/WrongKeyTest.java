package org.peerworks.transport.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.peerworks.signaling.api.Signal;
import org.peerworks.transport.api.Peer;

/**
 * Somebody with another key than the room gave. Each attack is made of the same code that gets in
 * with the right key, so that it fails for no other reason.
 */
class WrongKeyTest {

  private static final String TLS = "TLSv1.3";

  private final Identity right = Identity.create();
  private final Identity wrong = Identity.create();

  @Test
  void aClientWithTheRightKeyGetsIn() throws Exception {
    try (Pair pair = new Pair();
        RawTls client = RawTls.client(invitation(pair), right, TLS).hello()) {
      Peer peer = pair.accepted();
      assertThat(peer.id()).isEqualTo("raw");
      assertThat(peer.binding().remote()).isEqualTo(right.fingerprint().text());
      client.frame(Frames.open(1, new Frames.Opening(1000, true, "label", "")));
      assertThat(pair.arrived().label()).isEqualTo("label");
    }
  }

  @Test
  void aClientWithAnotherKeyThanItOfferedIsRefused() throws Exception {
    try (Pair pair = new Pair()) {
      Note.Answer answer = invitation(pair);
      assertRefused(() -> RawTls.client(answer, wrong, TLS).hello());
      assertThat(pair.worker.connections()).isZero();
      RawTls client = RawTls.client(answer, right, TLS).hello();
      assertThat(pair.accepted().id()).isEqualTo("raw"); // whom the attack has not kept out
      client.close();
      assertThat(pair.accepted.poll()).isNull();
    }
  }

  @Test
  void aClientWithoutAKeyIsRefused() throws Exception {
    try (Pair pair = new Pair()) {
      Note.Answer answer = invitation(pair);
      assertRefused(() -> RawTls.client(answer, null, TLS).hello());
      assertThat(pair.worker.connections()).isZero();
    }
  }

  @Test
  void anOlderVersionOfTlsIsRefused() throws Exception {
    try (Pair pair = new Pair()) {
      Note.Answer answer = invitation(pair);
      assertRefused(() -> RawTls.client(answer, right, "TLSv1.2").hello());
      assertThat(pair.worker.connections()).isZero();
    }
  }

  @Test
  void aTicketIsGoodForOneConnection() throws Exception {
    try (Pair pair = new Pair()) {
      Note.Answer answer = invitation(pair);
      try (RawTls first = RawTls.client(answer, right, TLS).hello()) {
        assertThat(pair.accepted().id()).isEqualTo("raw");
        assertRefused(() -> RawTls.client(answer, right, TLS).hello());
        assertThat(pair.accepted.poll()).isNull();
        first.frame(Frames.open(1, new Frames.Opening(1000, true, "label", "")));
        assertThat(pair.arrived().label()).isEqualTo("label");
      }
    }
  }

  @Test
  void aTicketThatIsInUseCannotBeTakenByAnother() throws Exception {
    try (Pair pair = new Pair()) {
      Note.Answer answer = invitation(pair);
      MemoryRoom thief = new MemoryRoom(pair.members, "thief");
      CompletableFuture<Note> told = new CompletableFuture<>();
      thief.listen(s -> told.complete(Note.Json.read(((Signal.Message) s).json()).orElseThrow()));
      Note offer = new Note.Offer(answer.ticket(), wrong.fingerprint());
      thief.send(new Signal.Message("worker", Note.Json.write(offer)));
      assertThat(Pair.get(told)).isInstanceOf(Note.Refusal.class);
      RawTls client = RawTls.client(answer, right, TLS).hello();
      assertThat(pair.accepted().id()).isEqualTo("raw");
      client.close();
    }
  }

  private Note.Answer invitation(Pair pair) throws Exception {
    return RawTls.invitation(pair, right.fingerprint());
  }

  /** It does not hear the hello that whoever is let in hears. */
  private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable attack) {
    assertThatThrownBy(attack).isInstanceOf(IOException.class);
  }

  @Test
  void aServerWithTheRightKeyIsTrusted() throws Exception {
    try (Pair pair = new Pair();
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletionStage<Peer> attempt = divertedTo(server.getLocalPort(), pair);
      try (Socket accepted = server.accept();
          RawTls fake = RawTls.server(accepted, right)) {
        fake.frame(Frames.number(Frames.HELLO, 0, Frames.VERSION));
        fake.expect(Frames.HELLO);
        assertThat(Pair.get(attempt).binding().remote()).isEqualTo(right.fingerprint().text());
      }
    }
  }

  @Test
  void aServerWithAnotherKeyThanTheRoomGaveIsRefused() throws Exception {
    try (Pair pair = new Pair();
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletionStage<Peer> attempt = divertedTo(server.getLocalPort(), pair);
      try (Socket accepted = server.accept()) {
        assertRefused(
            () -> {
              try (RawTls fake = RawTls.server(accepted, wrong)) {
                fake.frame(Frames.number(Frames.HELLO, 0, Frames.VERSION));
                fake.expect(Frames.HELLO);
              }
            });
      }
      assertThatThrownBy(() -> Pair.get(attempt))
          .hasMessageContaining("The other side has the key " + wrong.fingerprint())
          .hasMessageContaining("but the room gave " + right.fingerprint());
      assertThat(pair.client.connections()).isZero();
    }
  }

  /** The room says that the worker has the right key, and where; the client goes there. */
  private CompletionStage<Peer> divertedTo(int port, Pair pair) {
    pair.workerRoom.alter(
        signal -> {
          Note.Answer answer =
              (Note.Answer) Note.Json.read(((Signal.Message) signal).json()).orElseThrow();
          Note diverted =
              new Note.Answer(answer.ticket(), right.fingerprint(), List.of("127.0.0.1"), port);
          return new Signal.Message(signal.peer(), Note.Json.write(diverted));
        });
    return pair.client.connect(pair.clientRoom, "worker");
  }
}
