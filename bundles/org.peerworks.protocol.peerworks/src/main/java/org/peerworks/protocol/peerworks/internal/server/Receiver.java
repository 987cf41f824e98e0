package org.peerworks.protocol.peerworks.internal.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.peerworks.job.api.JobException;
import org.peerworks.protocol.peerworks.internal.Settings;
import org.peerworks.protocol.peerworks.internal.model.JobJson;
import org.peerworks.protocol.peerworks.internal.transfer.Upload;
import org.peerworks.protocol.peerworks.internal.transfer.Uploads;
import org.peerworks.protocol.peerworks.internal.wire.Fields;
import org.peerworks.protocol.peerworks.internal.wire.Frame;
import org.peerworks.protocol.peerworks.internal.wire.Json;
import org.peerworks.protocol.peerworks.internal.wire.Link;
import org.peerworks.protocol.peerworks.internal.wire.Serial;
import org.peerworks.protocol.peerworks.internal.wire.WireException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the uploads of one client. */
final class Receiver {

  private static final Logger LOG = LoggerFactory.getLogger(Receiver.class);

  private final Link link;
  private final String callerId;
  private final Uploads uploads;
  private final SessionFiles files;
  private final AtomicInteger ids;
  private final int window;
  private final int most;
  private final Serial serial;
  private final Map<Integer, Incoming> active = new ConcurrentHashMap<>();
  private final AtomicInteger offers = new AtomicInteger();
  private volatile boolean closed;

  Receiver(
      Link link,
      String callerId,
      Uploads uploads,
      SessionFiles files,
      AtomicInteger ids,
      Settings settings,
      Executor pool) {
    this.link = link;
    this.callerId = callerId;
    this.uploads = uploads;
    this.files = files;
    this.ids = ids;
    this.window = settings.window();
    this.most = settings.session().transfers();
    this.serial = new Serial(pool);
  }

  /**
   * Answers what is missing of a file. The answer may take as long as another connection uploads
   * the same file.
   */
  CompletionStage<ObjectNode> offer(Fields params) {
    boolean unsealed = params.has("token");
    String digits = unsealed ? JobJson.sha256(params, "token") : JobJson.sha256(params);
    long size = params.number("size", 0, Long.MAX_VALUE);
    if (offers.incrementAndGet() > most) {
      offers.decrementAndGet();
      throw new JobException(
          JobException.Code.LIMIT,
          "At most %d files can be uploaded at once. Finish one first.".formatted(most));
    }
    return (unsealed
            ? uploads.acquireUnsealed(callerId, digits, size)
            : uploads.acquire(callerId, digits, size))
        .thenCompose(this::begin)
        .whenComplete(
            (reply, failure) -> {
              if (failure != null || reply.get("complete").booleanValue()) {
                offers.decrementAndGet();
              }
            });
  }

  private CompletionStage<ObjectNode> begin(Upload upload) {
    CompletableFuture<ObjectNode> reply = new CompletableFuture<>();
    serial.execute(
        () -> {
          try {
            if (closed) {
              upload.abandon();
              throw new JobException(JobException.Code.UNAVAILABLE, "The client is gone.");
            }
            boolean whole = upload.offset() == upload.size() && upload.sha256() != null;
            reply.complete(whole ? whole(upload) : start(upload));
          } catch (IOException | RuntimeException e) {
            reply.completeExceptionally(e);
          }
        });
    return reply;
  }

  private ObjectNode whole(Upload upload) throws IOException {
    try {
      files.add(upload.sha256(), upload.finish());
    } catch (IOException e) {
      discard(upload, e);
      throw Uploads.refusal(e, "The upload could not be finished");
    }
    return Json.object()
        .put("complete", true)
        .put("offset", upload.size())
        .put("sha256", upload.sha256());
  }

  /** Lets the next writer of the file begin. */
  private static void discard(Upload upload, IOException failure) {
    try {
      upload.discard();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private ObjectNode start(Upload upload) {
    int id = ids.incrementAndGet();
    Incoming incoming = new Incoming(id, upload, window, link, serial, files, () -> free(id));
    active.put(id, incoming);
    upload.onRevoked(incoming::revoke);
    return Json.object()
        .put("complete", false)
        .put("transfer", id)
        .put("offset", upload.offset())
        .put("grant", incoming.granted());
  }

  private void free(int id) {
    if (active.remove(id) != null) {
      offers.decrementAndGet();
    }
  }

  void onFrame(Frame frame, ByteBuffer data) {
    if (frame.transfer() > ids.get()) {
      throw new WireException(
          "A binary message is of transfer %d, which never was.".formatted(frame.transfer()));
    }
    // Frames of a transfer that ended early may still be on their way.
    Incoming incoming = active.get(frame.transfer());
    if (incoming != null) {
      incoming.onFrame(frame.offset(), data);
    }
  }

  /** A transfer that has failed takes a seal without a word, as the client could not know. */
  void seal(int transfer, String sha256) {
    Incoming incoming = active.get(transfer);
    if (incoming != null) {
      incoming.onSeal(sha256);
    }
  }

  void abort(int transfer) {
    Incoming incoming = active.get(transfer);
    if (incoming != null) {
      incoming.abandon();
    }
  }

  /** The client is gone: partial files stay, for it to come back. */
  void close() {
    serial.execute(
        () -> {
          closed = true;
          active.values().forEach(Incoming::abandon);
          files.close();
          LOG.debug("Let go of the uploads of '{}'", callerId);
        });
  }
}
