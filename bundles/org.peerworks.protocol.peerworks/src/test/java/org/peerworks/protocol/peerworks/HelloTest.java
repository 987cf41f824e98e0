package org.peerworks.protocol.peerworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.protocol.api.RemoteWorker;
import org.peerworks.protocol.peerworks.internal.Engine;
import org.peerworks.protocol.peerworks.internal.Hello;
import org.peerworks.protocol.peerworks.internal.Settings;
import org.peerworks.protocol.peerworks.internal.identity.Identity;
import org.peerworks.protocol.peerworks.internal.identity.IdentityFile;
import org.peerworks.protocol.peerworks.internal.identity.PublicKeys;
import org.peerworks.protocol.peerworks.internal.identity.Transcript;
import org.peerworks.protocol.peerworks.internal.wire.Json;
import org.peerworks.protocol.peerworks.internal.wire.LinkLimits;
import org.peerworks.transport.api.ChannelBinding;
import org.peerworks.transport.api.TransportException;

class HelloTest {

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

  @Test
  void bothSidesLearnWhoTheOtherIs() throws IOException {
    RemoteWorker worker = rig.connect();
    Rig.get(worker.jobs().types());
    Identity workers = new IdentityFile(directory.resolve("worker/keys")).open();
    Identity clients = new IdentityFile(directory.resolve("client/keys")).open();
    assertThat(worker.identity()).isEqualTo(workers.id());
    assertThat(worker.description()).isEqualTo("peerworks test");
    assertThat(rig.jobs.callers.get(0).id()).isEqualTo(clients.id());
    assertThat(rig.jobs.callers.get(0).operator()).isFalse();
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("client/keys/identity"))))
        .isEqualTo("rw-------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("client/keys"))))
        .isEqualTo("rwx------");
  }

  @Test
  void aListedIdentityIsAnOperator() {
    Identity boss = Identity.create();
    Settings settings = new Tuned().operators(boss.id()).get();
    try (Engine engine = new Engine(directory.resolve("w2"), settings, rig.access::get)) {
      MemoryChannel[] ends = MemoryChannel.pair(64 << 10);
      engine.serve(MemoryPeer.client(ends[1]), ends[1]);
      RawClient raw = new RawClient(ends[0], boss).trusted();
      assertThat(raw.message("welcome").get("operator").booleanValue()).isTrue();
      assertThat(raw.message("welcome").get("caller").textValue()).isEqualTo(boss.id());
    }
  }

  @Test
  void nothingButTheHelloIsTakenBeforeTheProof() {
    List<Consumer<RawClient>> attacks =
        List.of(
            raw -> raw.request(1, "types", p -> p),
            raw -> raw.send(Json.message("ping")),
            raw -> raw.send(Json.message("pong")),
            raw -> raw.channel.send(ByteBuffer.allocate(100)),
            raw -> raw.send(Json.message("proof").put("proof", "AAAA")),
            raw -> raw.channel.send("{\"type\":\"hello\",\"x\":\"" + "x".repeat(9000) + "\"}"),
            raw -> raw.channel.send("+".repeat(9000)),
            raw -> raw.channel.send("garbage"),
            raw -> raw.channel.send("[]"),
            raw -> raw.channel.send(""),
            raw -> raw.channel.send("{}"),
            raw -> raw.channel.send("{\"type\":7}"),
            raw -> raw.send(raw.hello().without(List.of("nonce"))),
            raw -> raw.send(raw.hello().put("key", "AAAA")),
            raw -> raw.send(raw.hello().put("nonce", "***")),
            raw -> raw.send((ObjectNode) raw.hello().set("versions", Json.object())),
            raw -> {
              ObjectNode hello = raw.hello();
              hello.putArray("versions").add("2").add("99");
              raw.send(hello);
            },
            raw -> {
              raw.send(raw.hello());
              raw.send(raw.hello());
            },
            raw -> {
              raw.send(raw.hello());
              raw.request(1, "types", p -> p);
            });
    for (Consumer<RawClient> attack : attacks) {
      RawClient raw = new RawClient(rig.channel()[0]);
      attack.accept(raw);
      assertThat(raw.bye()).isNotBlank();
      Rig.get(raw.channel.closed());
    }
    assertThat(rig.jobs.callers).isEmpty();
    Rig.get(rig.connect().jobs().types());
  }

  @Test
  void aProofOfSomethingElseIsRefused() {
    List<java.util.function.Function<Transcript, Transcript>> forgeries =
        List.of(
            t -> with(t, t.offered(), Hello.nonce(), t.workerNonce(), t.clientFingerprint()),
            t -> with(t, t.offered(), t.clientNonce(), Hello.nonce(), t.clientFingerprint()),
            t -> with(t, List.of(1, 2), t.clientNonce(), t.workerNonce(), t.clientFingerprint()),
            t -> with(t, t.offered(), t.clientNonce(), t.workerNonce(), "sha-256 EE:EE"));
    for (var forgery : forgeries) {
      RawClient raw = new RawClient(rig.channel()[0]);
      raw.send(raw.hello());
      Transcript real = raw.transcript(raw.message("hello"));
      raw.send(raw.proof(forgery.apply(real), Transcript.Role.CLIENT));
      assertThat(raw.bye()).contains("did not prove its identity");
    }
    RawClient wrongRole = new RawClient(rig.channel()[0]);
    wrongRole.send(wrongRole.hello());
    wrongRole.send(
        wrongRole.proof(wrongRole.transcript(wrongRole.message("hello")), Transcript.Role.WORKER));
    assertThat(wrongRole.bye()).contains("did not prove its identity");
    assertThat(rig.jobs.callers).isEmpty();
  }

  private static Transcript with(
      Transcript t, List<Integer> offered, byte[] clientNonce, byte[] workerNonce, String print) {
    return new Transcript(
        offered,
        t.version(),
        clientNonce,
        workerNonce,
        t.clientKey(),
        t.workerKey(),
        print,
        t.workerFingerprint());
  }

  @Test
  void theKeyOfSomebodyElseProvesNothing() {
    RawClient raw = new RawClient(rig.channel()[0]);
    ObjectNode hello = raw.hello();
    Hello.put(hello, "key", Identity.create().publicKey());
    raw.send(hello);
    raw.send(raw.proof(raw.transcript(raw.message("hello")), Transcript.Role.CLIENT));
    assertThat(raw.bye()).contains("did not prove its identity");
  }

  @Test
  void somebodyInTheMiddleIsNoticed() {
    // Relays all messages between two connections, so that both ends see its certificate.
    MemoryChannel[] near = MemoryChannel.pair(64 << 10);
    MemoryChannel[] far = MemoryChannel.pair(64 << 10);
    near[1].receive(new Relay(far[0]));
    far[0].receive(new Relay(near[1]));
    ChannelBinding atWorker = new ChannelBinding(MemoryPeer.WORKER_PRINT, "sha-256 EE:EE");
    ChannelBinding atClient = new ChannelBinding(MemoryPeer.CLIENT_PRINT, "sha-256 EE:EE");
    rig.worker.serve(new MemoryPeer("client-1", atWorker, far[1]), far[1]);
    assertThatThrownBy(
            () ->
                Rig.get(rig.client.connect(new MemoryPeer("worker-1", atClient, near[0]), near[0])))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("did not prove its identity");
    assertThat(rig.jobs.callers).isEmpty();
  }

  private record Relay(MemoryChannel to) implements org.peerworks.transport.api.ChannelListener {
    @Override
    public void onText(String message) {
      to.send(message);
    }

    @Override
    public void onBinary(ByteBuffer message) {
      to.send(message);
    }

    @Override
    public void onClosed(String reason) {
      to.close();
    }
  }

  @Test
  void aWorkerWithAnotherIdentityThanBeforeIsRefused() throws IOException {
    rig.connect().close();
    Path data = directory.resolve("impostor");
    try (Engine impostor = new Engine(data, Rig.SETTINGS, rig.access::get)) {
      MemoryChannel[] ends = MemoryChannel.pair(64 << 10);
      impostor.serve(MemoryPeer.client(ends[1]), ends[1]);
      assertThatThrownBy(() -> rig.connect(ends))
          .isInstanceOf(TransportException.class)
          .hasMessageContaining("memory/room/worker-1")
          .hasMessageContaining(new IdentityFile(data.resolve("keys")).open().id())
          .hasMessageContaining("known-workers");
    }
  }

  @Test
  void anotherWorkerOfTheSameIdInAnotherRoomIsNoImpostor() throws IOException {
    rig.connect().close();
    try (Engine other = new Engine(directory.resolve("other"), Rig.SETTINGS, rig.access::get)) {
      MemoryChannel[] ends = MemoryChannel.pair(64 << 10);
      other.serve(MemoryPeer.client(ends[1]), ends[1]);
      MemoryPeer elsewhere = MemoryPeer.worker(ends[0]).in("room-2");
      Rig.get(rig.client.connect(elsewhere, ends[0])).close();
    }
    rig.connect().close();
  }

  @Test
  void anIdentityThatOthersMayReadIsRefused() throws IOException {
    rig.connect().close();
    Path file = directory.resolve("client/keys/identity");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> rig.connect())
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("chmod 600")
        .hasMessageContaining(file.toString());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(file, "peerworks identity 1\nAAAA\nAAAA\n");
    assertThatThrownBy(() -> rig.connect()).hasMessageContaining("damaged");
  }

  @Test
  void theIdentityStaysTheSameAlsoWhenManyMakeItAtOnce() {
    Path keys = directory.resolve("many");
    List<String> ids =
        java.util.stream.IntStream.range(0, 16)
            .parallel()
            .mapToObj(
                i -> {
                  try {
                    return new IdentityFile(keys).open().id();
                  } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                })
            .distinct()
            .toList();
    assertThat(ids).hasSize(1);
  }

  @Test
  void aClientThatSaysNothingIsClosed() {
    LinkLimits l = LinkLimits.DEFAULT;
    LinkLimits quick =
        new LinkLimits(
            Duration.ofMillis(100),
            l.ping(),
            l.silence(),
            l.stall(),
            l.waitingText(),
            l.waitingFile(),
            l.longestText(),
            l.messagesPerSecond());
    Settings settings = new Tuned().link(quick).get();
    try (Engine engine = new Engine(directory.resolve("w2"), settings, rig.access::get)) {
      MemoryChannel[] ends = MemoryChannel.pair(64 << 10);
      engine.serve(MemoryPeer.client(ends[1]), ends[1]);
      RawClient raw = new RawClient(ends[0]);
      assertThat(raw.bye()).contains("did not prove who it is within");
    }
  }

  @Test
  void moreClientsThanAllowedAreTurnedAway() {
    for (int i = 0; i < 8; i++) {
      rig.connect();
    }
    assertThatThrownBy(() -> rig.connect())
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("8 clients");
  }

  @Test
  void placesAreGivenBackWhenClientsLeave() {
    for (int i = 0; i < 20; i++) {
      rig.connect().close();
      RawClient raw = new RawClient(rig.channel()[0]);
      raw.channel.close();
    }
    await().ignoreExceptions().untilAsserted(() -> Rig.get(rig.connect().jobs().types()));
  }

  @Test
  void aNameIsMadeHarmless() {
    RawClient raw = new RawClient(rig.channel()[0]).trusted();
    raw.request(1, "types", p -> p);
    JsonNode reply = raw.reply(1);
    assertThat(reply.has("result")).isTrue();
    assertThat(rig.jobs.callers.get(0).name()).isEqualTo("eve\uFFFD[2J");
  }

  @Test
  void aKeyThatIsNoPointProvesNothing() {
    byte[] zeros = new byte[32];
    assertThat(PublicKeys.verify(zeros, new byte[3], new byte[64])).isFalse();
    byte[] one = {
      1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    byte[] forged = java.util.Arrays.copyOf(one, 64);
    assertThat(PublicKeys.verify(one, new byte[3], forged)).isFalse();
    byte[] ones = new byte[32];
    java.util.Arrays.fill(ones, (byte) 0xFF);
    assertThat(PublicKeys.verify(ones, new byte[3], new byte[64])).isFalse();
    assertThat(PublicKeys.verify(new byte[31], new byte[3], new byte[64])).isFalse();
  }

  @Test
  void aConnectionWithoutFingerprintsIsRefused() {
    MemoryChannel[] ends = MemoryChannel.pair(64 << 10);
    rig.worker.serve(new MemoryPeer("client-1", new ChannelBinding("", ""), ends[1]), ends[1]);
    assertThatThrownBy(() -> rig.connect(ends)).hasMessageContaining("fingerprint");
  }

  @Test
  void whatIsSignedIsAsDocumented() {
    byte[] bytes =
        new Transcript(
                List.of(1, 2),
                1,
                filled(32, 0xA1),
                filled(32, 0xA2),
                filled(32, 0xB1),
                filled(32, 0xB2),
                "SHA-256 aa:bb",
                "sha-256 11:22")
            .bytes(Transcript.Role.WORKER);
    assertThat(java.util.HexFormat.of().formatHex(bytes))
        .isEqualTo(
            "0015"
                + "70656572776f726b732068656c6c6f2070726f6f66"
                + "0006"
                + "776f726b6572"
                + "0004"
                + "00010002"
                + "0002"
                + "0001"
                + "0020"
                + "a1".repeat(32)
                + "0020"
                + "a2".repeat(32)
                + "0020"
                + "b1".repeat(32)
                + "0020"
                + "b2".repeat(32)
                + "000d"
                + "7368612d3235362041413a4242"
                + "000d"
                + "7368612d3235362031313a3232");
  }

  private static byte[] filled(int size, int value) {
    byte[] bytes = new byte[size];
    java.util.Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
