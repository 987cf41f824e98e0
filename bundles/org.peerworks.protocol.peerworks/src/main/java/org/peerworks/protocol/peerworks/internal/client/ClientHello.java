package org.peerworks.protocol.peerworks.internal.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.peerworks.protocol.peerworks.internal.Hello;
import org.peerworks.protocol.peerworks.internal.Settings;
import org.peerworks.protocol.peerworks.internal.identity.Identity;
import org.peerworks.protocol.peerworks.internal.identity.KnownWorkers;
import org.peerworks.protocol.peerworks.internal.identity.PublicKeys;
import org.peerworks.protocol.peerworks.internal.identity.Transcript;
import org.peerworks.protocol.peerworks.internal.wire.Fields;
import org.peerworks.protocol.peerworks.internal.wire.Json;
import org.peerworks.protocol.peerworks.internal.wire.Link;
import org.peerworks.protocol.peerworks.internal.wire.LinkHandler;
import org.peerworks.protocol.peerworks.internal.wire.Texts;
import org.peerworks.protocol.peerworks.internal.wire.WireException;
import org.peerworks.transport.api.ChannelBinding;
import org.peerworks.transport.api.TransportException;

/** The client's side of the hello. */
public final class ClientHello implements LinkHandler {

  private final Identity identity;
  private final ChannelBinding binding;
  private final Settings settings;
  private final KnownWorkers known;
  private final String place;
  private final BiFunction<String, String, ClientSession> next;
  private final String instance;
  private final byte[] nonce = Hello.nonce();
  private final CompletableFuture<ClientSession> ready = new CompletableFuture<>();
  private Link link;
  private ClientSession session;

  /**
   * @param place under which the worker's identity is remembered
   * @param instance of the client: its connection of before gives way to this one
   * @param next makes the session, out of the worker's identity and its program
   */
  public ClientHello(
      Identity identity,
      ChannelBinding binding,
      Settings settings,
      KnownWorkers known,
      String place,
      String instance,
      BiFunction<String, String, ClientSession> next) {
    this.identity = identity;
    this.binding = binding;
    this.settings = settings;
    this.known = known;
    this.place = place;
    this.instance = instance;
    this.next = next;
  }

  /** Opens the link and says hello. */
  public CompletableFuture<ClientSession> begin(Link link) {
    this.link = link;
    link.open();
    ObjectNode hello =
        Json.message("hello")
            .put("program", settings.program())
            .put("name", settings.name())
            .put("instance", instance);
    hello.putArray("abilities").add(Hello.RENEW);
    hello.putArray("versions").add(Integer.toString(Hello.VERSION));
    Hello.put(hello, "nonce", nonce);
    Hello.put(hello, "key", identity.publicKey());
    link.send(hello);
    return ready;
  }

  @Override
  public void onMessage(String type, ObjectNode message) {
    if (type.equals("hello") && session == null) {
      hello(new Fields("'hello'", message));
    } else if (type.equals("welcome") && session != null) {
      session.welcomed(new Fields("'welcome'", message));
      link.trust(session);
      ready.complete(session);
    } else {
      throw new WireException(
          "A message '%s' came where '%s' was expected."
              .formatted(Texts.line(type, 40), session == null ? "hello" : "welcome"));
    }
  }

  private void hello(Fields message) {
    int version = (int) message.number("version", 1, 0xFFFF);
    if (version != Hello.VERSION) {
      throw new WireException(
          "The worker chose version %d of the protocol, but %d was offered."
              .formatted(version, Hello.VERSION));
    }
    byte[] workerNonce = Hello.bytes(message, "nonce", Transcript.NONCE_SIZE);
    byte[] workerKey = Hello.bytes(message, "key", PublicKeys.SIZE);
    byte[] proof = Hello.bytes(message, "proof", PublicKeys.SIGNATURE_SIZE);
    if (Arrays.equals(nonce, workerNonce)) {
      throw new WireException("The worker repeated our nonce.");
    }
    Transcript transcript =
        new Transcript(
            List.of(Hello.VERSION),
            version,
            nonce,
            workerNonce,
            identity.publicKey(),
            workerKey,
            binding.local(),
            binding.remote());
    if (!PublicKeys.verify(workerKey, transcript.bytes(Transcript.Role.WORKER), proof)) {
      throw new WireException(
          "The worker did not prove its identity: the signature is not one of its key over this connection.");
    }
    String id = PublicKeys.id(workerKey);
    try {
      known.check(place, id);
    } catch (IOException e) {
      throw new WireException(e.getMessage(), e);
    }
    session = next.apply(id, Texts.line(message.text("program", 200, ""), 100));
    ObjectNode answer = Json.message("proof");
    Hello.put(answer, "proof", identity.sign(transcript.bytes(Transcript.Role.CLIENT)));
    link.send(answer);
  }

  @Override
  public void onFrame(ByteBuffer frame) {
    throw new WireException("A binary message came before the hello was over.");
  }

  @Override
  public void onClosed(String reason) {
    if (session != null) {
      session.onClosed(reason);
    }
    String message = "The worker '" + link.peer() + "' was not reached: " + reason;
    ready.completeExceptionally(
        link.isBroken()
            ? new TransportException(message, new RefusedException(reason))
            : new TransportException(message));
  }
}
