package org.peerworks.itests.distribution;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.peerworks.protocol.peerworks.internal.Hello;
import org.peerworks.protocol.peerworks.internal.identity.Identity;
import org.peerworks.protocol.peerworks.internal.identity.Transcript;
import org.peerworks.protocol.peerworks.internal.wire.Frame;
import org.peerworks.protocol.peerworks.internal.wire.Json;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.ChannelListener;
import org.peerworks.transport.api.ChannelOptions;
import org.peerworks.transport.api.Peer;

/** Speaks the protocol to a worker over WebRTC, as far and as wrongly as a test wants. */
final class HostileClient implements ChannelListener, AutoCloseable {

  private final Peer peer;
  private final Identity identity;
  private final Channel channel;
  private final byte[] nonce = Hello.nonce();
  private final List<JsonNode> received = new CopyOnWriteArrayList<>();
  private final CountDownLatch gone = new CountDownLatch(1);
  private volatile boolean reads = true;

  HostileClient(Peer peer, Identity identity) throws Exception {
    this.peer = peer;
    this.identity = identity;
    this.channel = Radio.get(peer.open("peerworks", ChannelOptions.DEFAULT));
    channel.receive(this);
  }

  void hello() {
    ObjectNode hello = Json.message("hello").put("program", "hostile").put("name", "eve");
    hello.putArray("versions").add("1");
    Hello.put(hello, "nonce", nonce);
    Hello.put(hello, "key", identity.publicKey());
    send(hello);
  }

  void prove() {
    JsonNode theirs = message("hello", m -> true);
    Transcript transcript =
        new Transcript(
            List.of(1),
            1,
            nonce,
            Base64.getDecoder().decode(theirs.get("nonce").textValue()),
            identity.publicKey(),
            Base64.getDecoder().decode(theirs.get("key").textValue()),
            peer.binding().local(),
            peer.binding().remote());
    ObjectNode proof = Json.message("proof");
    Hello.put(proof, "proof", identity.sign(transcript.bytes(Transcript.Role.CLIENT)));
    send(proof);
  }

  HostileClient trusted() {
    hello();
    prove();
    message("welcome", m -> true);
    return this;
  }

  void send(ObjectNode message) {
    text(Json.write(message));
  }

  void text(String text) {
    channel.send(text);
  }

  void binary(byte[] bytes) {
    channel.send(ByteBuffer.wrap(bytes));
  }

  int maxMessageSize() {
    return channel.maxMessageSize();
  }

  void request(long id, String method, UnaryOperator<ObjectNode> params) {
    ObjectNode request = Json.message("request").put("id", id).put("method", method);
    request.set("params", params.apply(Json.object()));
    send(request);
  }

  /** Offers a file under its hash and returns the number of the transfer. */
  JsonNode offer(long id, String sha256, long size) {
    request(id, "offer", p -> p.put("sha256", sha256).put("size", size));
    return reply(id).get("result");
  }

  JsonNode offerUnsealed(long id, String token, long size) {
    request(id, "offer", p -> p.put("token", token).put("size", size));
    return reply(id).get("result");
  }

  void frame(int transfer, long offset, byte[] data) {
    ByteBuffer frame = ByteBuffer.allocate(Frame.HEADER + data.length);
    frame.position(Frame.HEADER).put(data).flip();
    new Frame(transfer, offset).write(frame);
    channel.send(frame);
  }

  void seal(int transfer, String sha256) {
    send(Json.message("seal").put("transfer", transfer).put("sha256", sha256));
  }

  /** Hands in a job with one input. */
  void submit(long id, String type, String name, String sha256) {
    request(
        id,
        "submit",
        p -> {
          p.put("type", type).put("parameters", "{}").put("idempotencyKey", "key-" + id);
          p.putObject("inputs").putObject(name).put("sha256", sha256);
          return p;
        });
  }

  JsonNode reply(long id) {
    return message("reply", m -> m.get("id").longValue() == id);
  }

  /** Code of a refusal. */
  String refusal(long id) {
    JsonNode reply = reply(id);
    return reply.has("error") ? reply.get("error").get("code").textValue() : "none: " + reply;
  }

  JsonNode message(String type, Predicate<JsonNode> which) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(5))
        .until(
            () ->
                received.stream()
                    .filter(m -> m.get("type").textValue().equals(type))
                    .filter(which)
                    .findFirst()
                    .orElse(null),
            found -> found != null);
  }

  /** Why the worker ended the connection. */
  String bye() {
    return message("bye", m -> true).get("reason").textValue();
  }

  /** Takes nothing more from the channel. */
  void stopReading() {
    reads = false;
  }

  @Override
  public void onText(String message) {
    if (!reads) {
      try {
        gone.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return;
    }
    if (message.startsWith("{")) {
      received.add(Json.read(message));
    }
  }

  @Override
  public void onBinary(ByteBuffer message) {}

  @Override
  public void onClosed(String reason) {}

  /** Vanishes without a word. */
  @Override
  public void close() {
    gone.countDown();
    peer.close();
  }
}
