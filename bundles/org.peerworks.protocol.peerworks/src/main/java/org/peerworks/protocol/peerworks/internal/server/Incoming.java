package org.peerworks.protocol.peerworks.internal.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.peerworks.job.api.JobException;
import org.peerworks.protocol.peerworks.internal.model.Failures;
import org.peerworks.protocol.peerworks.internal.transfer.PinnedFile;
import org.peerworks.protocol.peerworks.internal.transfer.Upload;
import org.peerworks.protocol.peerworks.internal.transfer.Uploads;
import org.peerworks.protocol.peerworks.internal.wire.Frame;
import org.peerworks.protocol.peerworks.internal.wire.Json;
import org.peerworks.protocol.peerworks.internal.wire.Link;
import org.peerworks.protocol.peerworks.internal.wire.Serial;
import org.peerworks.protocol.peerworks.internal.wire.WireException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One upload on its way in. Frames are checked on the thread that receives, written on another one,
 * and acknowledged when they are written, so that only a window of them is in memory.
 */
final class Incoming {

  private static final Logger LOG = LoggerFactory.getLogger(Incoming.class);

  private final int id;
  private final Upload upload;
  private final int window;
  private final Link link;
  private final Serial serial;
  private final SessionFiles files;
  private final Runnable ended;
  private final AtomicBoolean over = new AtomicBoolean();
  private long expected;
  private long acknowledged;
  private volatile long granted;

  Incoming(
      int id,
      Upload upload,
      int window,
      Link link,
      Serial serial,
      SessionFiles files,
      Runnable ended) {
    this.id = id;
    this.upload = upload;
    this.window = window;
    this.link = link;
    this.serial = serial;
    this.files = files;
    this.ended = ended;
    this.expected = upload.offset();
    this.acknowledged = upload.offset();
    this.granted = Math.min(upload.size(), acknowledged + window);
  }

  /** Offset before which the client may send. */
  long granted() {
    return granted;
  }

  /** On the thread that receives. */
  void onFrame(long offset, ByteBuffer data) {
    if (over.get()) {
      return;
    }
    long end = offset + data.remaining();
    if (offset != expected || end > upload.size()) {
      fail(
          new JobException(
              JobException.Code.INVALID,
              "Bytes %d to %d came where bytes from %d to at most %d were expected. Nothing was kept; send the file again."
                  .formatted(offset, end, expected, upload.size())),
          false);
      return;
    }
    if (end > granted) {
      throw new WireException(
          "Bytes up to %d of transfer %d came, but only those before %d were asked for."
              .formatted(end, id, granted));
    }
    if (data.remaining() < Frame.LEAST_DATA && end != upload.size()) {
      throw new WireException(
          "A binary message has %d bytes of data, but only the last one of a file may have fewer than %d."
              .formatted(data.remaining(), Frame.LEAST_DATA));
    }
    expected = end;
    serial.execute(() -> write(data));
  }

  private void write(ByteBuffer data) {
    if (over.get()) {
      return;
    }
    try {
      upload.write(data);
      if (upload.offset() == upload.size() && upload.sha256() != null) {
        finish();
      } else if (upload.offset() - acknowledged >= window / 4) {
        acknowledged = upload.offset();
        granted = Math.min(upload.size(), acknowledged + window);
        link.send(
            Json.message("ack")
                .put("transfer", id)
                .put("offset", acknowledged)
                .put("grant", granted));
      }
    } catch (JobException e) {
      fail(e, false);
    } catch (IOException e) {
      fail(Uploads.refusal(e, "The file could not be written"), false);
    }
  }

  /** The client says what hash the file must have; on the thread that receives. */
  void onSeal(String sha256) {
    serial.execute(() -> seal(sha256));
  }

  private void seal(String sha256) {
    if (over.get()) {
      return;
    }
    try {
      upload.seal(sha256);
      finish();
    } catch (JobException e) {
      fail(e, false);
    }
  }

  private void finish() {
    if (!over.compareAndSet(false, true)) {
      return;
    }
    try {
      PinnedFile file = upload.finish();
      files.add(upload.sha256(), file);
      ended.run();
      link.send(Json.message("stored").put("transfer", id));
    } catch (JobException e) {
      ended.run();
      sendFailure(e);
    } catch (IOException e) {
      over.set(false);
      fail(Uploads.refusal(e, "The file could not be stored"), false);
    }
  }

  /** Another connection takes the upload over. */
  void revoke() {
    fail(
        new JobException(
            JobException.Code.UNAVAILABLE,
            "The upload stood still, and another connection of yours has taken it over."),
        true);
  }

  /** Ends the transfer without a word; what is there stays. */
  void abandon() {
    if (over.compareAndSet(false, true)) {
      release(true);
    }
  }

  private void fail(JobException refusal, boolean keep) {
    if (over.compareAndSet(false, true)) {
      LOG.info("Upload {} of peer '{}' failed: {}", id, link.peer(), refusal.getMessage());
      release(keep);
      sendFailure(refusal);
    }
  }

  private void release(boolean keep) {
    serial.execute(
        () -> {
          try {
            if (keep) {
              upload.abandon();
            } else {
              upload.discard();
            }
          } catch (IOException e) {
            LOG.warn("A partial upload could not be closed", e);
          } finally {
            ended.run();
          }
        });
  }

  private void sendFailure(JobException refusal) {
    ObjectNode message = Json.message("failed").put("transfer", id);
    message.set("error", Failures.write(refusal));
    link.send(message);
  }
}
