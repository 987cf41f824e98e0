package org.peerworks.protocol.peerworks.internal.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.peerworks.job.api.Caller;
import org.peerworks.protocol.peerworks.internal.Hello;
import org.peerworks.protocol.peerworks.internal.Settings;
import org.peerworks.protocol.peerworks.internal.identity.Identity;
import org.peerworks.protocol.peerworks.internal.identity.PublicKeys;
import org.peerworks.protocol.peerworks.internal.identity.Transcript;
import org.peerworks.protocol.peerworks.internal.wire.Fields;
import org.peerworks.protocol.peerworks.internal.wire.Json;
import org.peerworks.protocol.peerworks.internal.wire.Link;
import org.peerworks.protocol.peerworks.internal.wire.LinkHandler;
import org.peerworks.protocol.peerworks.internal.wire.Texts;
import org.peerworks.protocol.peerworks.internal.wire.WireException;
import org.peerworks.transport.api.ChannelBinding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The worker's side of the hello: takes nothing but the client's hello, then its proof. */
public final class ServerHello implements LinkHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ServerHello.class);

  private final Identity identity;
  private final ChannelBinding binding;
  private final Settings settings;
  private final BiFunction<Caller, String, CompletionStage<? extends LinkHandler>> next;
  private final Runnable ended;
  private final CompletionStage<Void> worn;
  private Link link;
  private Transcript transcript;
  private String name = "";
  private String instance = "";
  private boolean renews;
  private boolean proved;

  /**
   * @param next makes the handler for a caller who has proved who he is, and the name that its
   *     program goes by, which may be empty; may fail with {@link WireException}
   * @param ended called if the link closes before that
   * @param worn completes when the client should connect anew
   */
  public ServerHello(
      Identity identity,
      ChannelBinding binding,
      Settings settings,
      BiFunction<Caller, String, CompletionStage<? extends LinkHandler>> next,
      Runnable ended,
      CompletionStage<Void> worn) {
    this.identity = identity;
    this.binding = binding;
    this.settings = settings;
    this.next = next;
    this.ended = ended;
    this.worn = worn;
  }

  /** Sets the link that this serves, before it opens. */
  public void on(Link link) {
    this.link = link;
  }

  @Override
  public void onMessage(String type, ObjectNode message) {
    if (type.equals("hello") && transcript == null) {
      hello(new Fields("'hello'", message));
    } else if (type.equals("proof") && transcript != null && !proved) {
      proof(new Fields("'proof'", message));
    } else {
      throw new WireException(
          "A message '%s' came where '%s' was expected."
              .formatted(
                  Texts.line(type, 40),
                  transcript == null ? "hello" : proved ? "nothing" : "proof"));
    }
  }

  private void hello(Fields message) {
    List<Integer> offered =
        message.texts("versions", 16, 5).stream().map(ServerHello::version).toList();
    if (!offered.contains(Hello.VERSION)) {
      throw new WireException(
          "This worker speaks version %d of the protocol, but the client offered %s. Update the older of the two."
              .formatted(Hello.VERSION, offered));
    }
    name = Texts.line(message.text("name", 200, ""), 64);
    instance = message.text("instance", 64, "");
    renews = message.has("abilities") && message.texts("abilities", 100, 40).contains(Hello.RENEW);
    byte[] clientNonce = Hello.bytes(message, "nonce", Transcript.NONCE_SIZE);
    byte[] clientKey = Hello.bytes(message, "key", PublicKeys.SIZE);
    byte[] nonce = Hello.nonce();
    if (Arrays.equals(nonce, clientNonce)) {
      throw new WireException("The client repeated our nonce.");
    }
    transcript =
        new Transcript(
            offered,
            Hello.VERSION,
            clientNonce,
            nonce,
            clientKey,
            identity.publicKey(),
            binding.remote(),
            binding.local());
    ObjectNode answer =
        Json.message("hello").put("version", Hello.VERSION).put("program", settings.program());
    Hello.put(answer, "nonce", nonce);
    Hello.put(answer, "key", identity.publicKey());
    Hello.put(answer, "proof", identity.sign(transcript.bytes(Transcript.Role.WORKER)));
    link.send(answer);
  }

  private static int version(String text) {
    if (!text.matches("[1-9][0-9]{0,4}") || Integer.parseInt(text) > 0xFFFF) {
      throw new WireException("'" + Texts.line(text, 5) + "' is no protocol version.");
    }
    return Integer.parseInt(text);
  }

  private void proof(Fields message) {
    byte[] signature = Hello.bytes(message, "proof", PublicKeys.SIGNATURE_SIZE);
    if (!PublicKeys.verify(
        transcript.clientKey(), transcript.bytes(Transcript.Role.CLIENT), signature)) {
      throw new WireException(
          "The client did not prove its identity: the signature is not one of its key over this connection.");
    }
    String id = PublicKeys.id(transcript.clientKey());
    Caller caller =
        new Caller(
            id, name.isEmpty() ? id.substring(8, 16) : name, settings.operators().contains(id));
    proved = true;
    next.apply(caller, instance)
        .whenComplete(
            (session, failure) -> {
              if (failure == null) {
                welcome(caller, session);
              } else {
                refuse(failure);
              }
            });
  }

  private void refuse(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (!(cause instanceof WireException)) {
      LOG.error("Peer '{}' cannot be served", link.peer(), cause);
    }
    link.fail(
        cause instanceof WireException
            ? cause.getMessage()
            : "This worker cannot serve you by a defect; its log has more.");
  }

  private void welcome(Caller caller, LinkHandler session) {
    link.trust(session);
    if (link.isClosed()) {
      session.onClosed("It went during its hello.");
      return;
    }
    ObjectNode welcome =
        Json.message("welcome").put("caller", caller.id()).put("operator", caller.operator());
    welcome
        .putObject("limits")
        .put("openRequests", settings.session().openRequests())
        .put("subscriptions", settings.session().feeds())
        .put("transfers", settings.session().transfers())
        .put("fileBytes", settings.uploads().fileBytes())
        .put("messageBytes", settings.link().longestText());
    ArrayNode abilities = welcome.putArray("abilities");
    Hello.ABILITIES.forEach(abilities::add);
    link.send(welcome);
    if (renews) {
      worn.thenRun(() -> link.send(Json.message("renew")));
    }
    LOG.info(
        "Client '{}' ({}) is connected from peer '{}'", caller.name(), caller.id(), link.peer());
  }

  @Override
  public void onFrame(ByteBuffer frame) {
    throw new WireException("A binary message came before the hello was over.");
  }

  @Override
  public void onClosed(String reason) {
    LOG.info("Peer '{}' went before it proved who it is: {}", link.peer(), reason);
    ended.run();
  }
}
