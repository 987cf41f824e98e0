package org.peerworks.protocol.peerworks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.peerworks.protocol.peerworks.internal.identity.Identity;
import org.peerworks.protocol.peerworks.internal.server.ServerHello;
import org.peerworks.protocol.peerworks.internal.wire.Json;
import org.peerworks.protocol.peerworks.internal.wire.Link;
import org.peerworks.protocol.peerworks.internal.wire.LinkHandler;

/** A worker that answers what a test tells it to, also what no worker should. */
final class RawWorker implements LinkHandler {

  /** The client's end. */
  final MemoryChannel channel;

  private final MemoryChannel own;
  private final Link link;
  private final LongConsumer asked;
  private final Map<String, BiConsumer<RawWorker, Long>> answers;

  /**
   * @param answers what to do on the request of a method, given its number
   */
  RawWorker(Identity identity, Map<String, BiConsumer<RawWorker, Long>> answers) {
    this(identity, answers, id -> {});
  }

  /**
   * @param asked hears of the number of each request
   */
  RawWorker(
      Identity identity, Map<String, BiConsumer<RawWorker, Long>> answers, LongConsumer asked) {
    this.asked = asked;
    MemoryChannel[] ends = MemoryChannel.pair(64 << 10);
    this.channel = ends[0];
    this.own = ends[1];
    this.answers = answers;
    ServerHello hello =
        new ServerHello(
            identity,
            MemoryPeer.client(own).binding(),
            Rig.SETTINGS,
            (caller, instance) -> CompletableFuture.completedFuture(this),
            () -> {},
            new CompletableFuture<>());
    link = new Link(own, "client-1", Rig.SETTINGS.link(), hello);
    hello.on(link);
    link.open();
  }

  void reply(long id, Consumer<ObjectNode> fill) {
    ObjectNode result = Json.object();
    fill.accept(result);
    link.send(Json.message("reply").put("id", id).set("result", result));
  }

  void send(ObjectNode message) {
    link.send(message);
  }

  /**
   * Sends what may be no message at all.
   *
   * @return completes when the client has dealt with it
   */
  CompletionStage<Void> sendRaw(String text) {
    return own.send(text);
  }

  CompletionStage<Void> sendRaw(ByteBuffer frame) {
    return own.send(frame);
  }

  @Override
  public void onMessage(String type, ObjectNode message) {
    if (type.equals("request")) {
      asked.accept(message.path("id").longValue());
      BiConsumer<RawWorker, Long> answer = answers.get(message.path("method").asText());
      if (answer != null) {
        answer.accept(this, message.path("id").longValue());
      }
    }
  }

  @Override
  public void onFrame(ByteBuffer frame) {}

  @Override
  public void onClosed(String reason) {}
}
