package org.peerworks.protocol.peerworks;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.awaitility.core.ConditionFactory;
import org.peerworks.protocol.peerworks.internal.Hello;
import org.peerworks.protocol.peerworks.internal.identity.Identity;
import org.peerworks.protocol.peerworks.internal.identity.Transcript;
import org.peerworks.protocol.peerworks.internal.wire.Frame;
import org.peerworks.protocol.peerworks.internal.wire.Json;
import org.peerworks.transport.api.ChannelListener;

/** A client that sends what a test tells it to, also what no client should. */
final class RawClient implements ChannelListener {

  final MemoryChannel channel;
  final Identity identity;
  final List<JsonNode> received = new CopyOnWriteArrayList<>();
  final List<ByteBuffer> frames = new CopyOnWriteArrayList<>();
  final byte[] nonce = Hello.nonce();
  private final StringBuilder parts = new StringBuilder();
  private final Consumer<JsonNode> listener;

  RawClient(MemoryChannel channel) {
    this(channel, Identity.create());
  }

  RawClient(MemoryChannel channel, Identity identity) {
    this(channel, identity, message -> {});
  }

  /**
   * @param listener hears of each message at once
   */
  RawClient(MemoryChannel channel, Identity identity, Consumer<JsonNode> listener) {
    this.channel = channel;
    this.identity = identity;
    this.listener = listener;
    channel.receive(this);
  }

  /** Says hello as it must be. */
  RawClient trusted() {
    send(hello());
    JsonNode answer = message("hello");
    send(proof(transcript(answer), Transcript.Role.CLIENT));
    message("welcome");
    return this;
  }

  ObjectNode hello() {
    ObjectNode hello = Json.message("hello").put("program", "raw").put("name", "eve\u001b[2J");
    hello.putArray("versions").add("1");
    Hello.put(hello, "nonce", nonce);
    Hello.put(hello, "key", identity.publicKey());
    return hello;
  }

  Transcript transcript(JsonNode workersHello) {
    return new Transcript(
        List.of(1),
        1,
        nonce,
        Base64.getDecoder().decode(workersHello.get("nonce").textValue()),
        identity.publicKey(),
        Base64.getDecoder().decode(workersHello.get("key").textValue()),
        MemoryPeer.CLIENT_PRINT,
        MemoryPeer.WORKER_PRINT);
  }

  ObjectNode proof(Transcript transcript, Transcript.Role role) {
    ObjectNode proof = Json.message("proof");
    Hello.put(proof, "proof", identity.sign(transcript.bytes(role)));
    return proof;
  }

  void send(ObjectNode message) {
    channel.send(Json.write(message));
  }

  void request(long id, String method, UnaryOperator<ObjectNode> params) {
    ObjectNode request = Json.message("request").put("id", id).put("method", method);
    request.set("params", params.apply(Json.object()));
    send(request);
  }

  /** Offers a file and returns the answer. */
  JsonNode offer(long id, String sha256, long size) {
    request(id, "offer", p -> p.put("sha256", sha256).put("size", size));
    return reply(id).get("result");
  }

  /** Offers a file under a token and returns the answer. */
  JsonNode offerUnsealed(long id, String token, long size) {
    request(id, "offer", p -> p.put("token", token).put("size", size));
    return reply(id).get("result");
  }

  void seal(int transfer, String sha256) {
    send(Json.message("seal").put("transfer", transfer).put("sha256", sha256));
  }

  void frame(int transfer, long offset, byte[] data) {
    ByteBuffer frame = ByteBuffer.allocate(Frame.HEADER + data.length);
    frame.position(Frame.HEADER).put(data).flip();
    new Frame(transfer, offset).write(frame);
    channel.send(frame);
  }

  JsonNode reply(long id) {
    return quickly()
        .until(
            () ->
                received.stream()
                    .filter(m -> m.get("type").textValue().equals("reply"))
                    .filter(m -> m.get("id").longValue() == id)
                    .findFirst()
                    .orElse(null),
            m -> m != null);
  }

  private static ConditionFactory quickly() {
    return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2));
  }

  /** Waits for the first message of a type. */
  JsonNode message(String type) {
    return quickly()
        .until(
            () ->
                received.stream()
                    .filter(m -> m.get("type").textValue().equals(type))
                    .findFirst()
                    .orElse(null),
            m -> m != null);
  }

  /** Why the worker ended the connection, in its words. */
  String bye() {
    return message("bye").get("reason").textValue();
  }

  @Override
  public void onText(String message) {
    if (message.startsWith("{")) {
      add(Json.read(message));
      return;
    }
    parts.append(message, 1, message.length());
    if (message.startsWith("=")) {
      add(Json.read(parts.toString()));
      parts.setLength(0);
    }
  }

  private void add(JsonNode message) {
    received.add(message);
    listener.accept(message);
  }

  @Override
  public void onBinary(ByteBuffer message) {
    frames.add(message);
  }

  @Override
  public void onClosed(String reason) {}
}
