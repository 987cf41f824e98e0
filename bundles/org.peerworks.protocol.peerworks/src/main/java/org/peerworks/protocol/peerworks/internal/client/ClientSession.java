package org.peerworks.protocol.peerworks.internal.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.peerworks.protocol.peerworks.internal.Hello;
import org.peerworks.protocol.peerworks.internal.Settings;
import org.peerworks.protocol.peerworks.internal.model.Failures;
import org.peerworks.protocol.peerworks.internal.transfer.Pump;
import org.peerworks.protocol.peerworks.internal.wire.Fields;
import org.peerworks.protocol.peerworks.internal.wire.Frame;
import org.peerworks.protocol.peerworks.internal.wire.Link;
import org.peerworks.protocol.peerworks.internal.wire.LinkHandler;
import org.peerworks.protocol.peerworks.internal.wire.Texts;
import org.peerworks.protocol.peerworks.internal.wire.WireException;

/** A worker that has proved who it is, as its client sees it over one connection. */
public final class ClientSession implements LinkHandler {

  private static final int MOST = 1_000_000;
  private static final int MOST_BYTES = 1 << 30;

  private final Link link;
  private final String identity;
  private final String description;
  private final Requests requests;
  private final RemoteFeeds feeds;
  private final Uploader uploader;
  private final RemoteOutputs outputs;
  private final Pump pump;
  private final RemoteJobs jobs;
  private final RemoteFiles files;
  private final CompletableFuture<Void> worn = new CompletableFuture<>();
  private volatile boolean hasFiles;

  /**
   * @param pool where callers are called back, and files are read
   */
  public ClientSession(
      Link link, String identity, String description, Executor pool, Settings settings) {
    this.link = link;
    this.identity = identity;
    this.description = description;
    this.pump = new Pump(link, pool);
    this.requests = new Requests(link, pool);
    this.feeds = new RemoteFeeds(link, requests, pool);
    this.uploader = new Uploader(requests, pump, pool);
    this.outputs = new RemoteOutputs(link, requests, settings.window());
    Submits submits = new Submits(uploader, requests, pool, settings.hashFirst());
    this.jobs = new RemoteJobs(requests, feeds, submits, outputs);
    this.files = new RemoteFiles(link, requests, pool);
  }

  /** Takes what the worker says of its limits; the smaller ones of both sides count. */
  void welcomed(Fields welcome) {
    welcome
        .optionalObject("limits")
        .ifPresent(
            limits -> {
              requests.limit(
                  (int) limits.number("openRequests", 1, MOST, MOST),
                  (int) limits.number("messageBytes", 1, MOST_BYTES, MOST_BYTES));
              uploader.limit((int) limits.number("transfers", 1, MOST, MOST));
            });
    if (welcome.has("abilities")) {
      List<String> abilities = welcome.texts("abilities", 100, 40);
      uploader.seals(abilities.contains(Hello.SEAL));
      jobs.controls(abilities.contains(Hello.CONTROL));
      jobs.remembers(abilities.contains(Hello.SUBMITTED));
      hasFiles = abilities.contains(Hello.FILES);
    }
  }

  @Override
  public void onMessage(String type, ObjectNode message) {
    Fields fields = new Fields("'" + Texts.line(type, 40) + "'", message);
    switch (type) {
      case "reply" -> requests.reply(fields);
      case "event" -> feeds.event(id(fields), fields.object("event"));
      case "log" -> feeds.log(id(fields), fields);
      case "end" -> feeds.end(id(fields), fields.optionalObject("error"));
      case "ack" ->
          uploader.acknowledged(
              transfer(fields),
              fields.number("offset", 0, Long.MAX_VALUE),
              fields.number("grant", 0, Long.MAX_VALUE));
      case "stored" -> uploader.stored(transfer(fields));
      case "candidates" -> files.candidates(id(fields), fields);
      case "renew" -> worn.complete(null);
      case "finished" -> outputs.finished(transfer(fields));
      case "failed" -> {
        int transfer = transfer(fields);
        var refusal = Failures.read(fields.object("error"));
        uploader.failed(transfer, refusal);
        outputs.failed(transfer, refusal);
      }
      default ->
          throw new WireException("A message '%s' is not known.".formatted(Texts.line(type, 40)));
    }
  }

  private static long id(Fields fields) {
    return fields.number("id", 1, Long.MAX_VALUE);
  }

  private static int transfer(Fields fields) {
    return (int) fields.number("transfer", 1, Integer.MAX_VALUE);
  }

  @Override
  public void onFrame(ByteBuffer message) {
    outputs.onFrame(Frame.read(message), message);
  }

  @Override
  public void onClosed(String reason) {
    requests.close(reason);
    uploader.close(reason);
    outputs.close(reason);
    feeds.closeAll();
    pump.close();
  }

  String identity() {
    return identity;
  }

  String description() {
    return description;
  }

  Link link() {
    return link;
  }

  /** Says that the connection should be replaced. */
  void wear() {
    worn.complete(null);
  }

  /** Completes when the connection should be replaced, on any thread. */
  CompletionStage<Void> worn() {
    return worn;
  }

  /** Whether the connection is gone, or is just going. */
  boolean isOver() {
    return link.isClosed();
  }

  RemoteJobs jobs() {
    return jobs;
  }

  Optional<RemoteFiles> files() {
    return hasFiles ? Optional.of(files) : Optional.empty();
  }

  void close() {
    link.fail("The client is done.");
  }
}
