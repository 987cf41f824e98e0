package org.peerworks.protocol.sleap.internal.worker;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.protocol.sleap.internal.wire.AuthResponse;
import org.peerworks.protocol.sleap.internal.wire.ClientMessage;
import org.peerworks.protocol.sleap.internal.wire.ClientMessages;
import org.peerworks.protocol.sleap.internal.wire.EndOfFile;
import org.peerworks.protocol.sleap.internal.wire.FileMeta;
import org.peerworks.protocol.sleap.internal.wire.FsProjectReply;
import org.peerworks.protocol.sleap.internal.wire.FsReply;
import org.peerworks.protocol.sleap.internal.wire.FsRequest;
import org.peerworks.protocol.sleap.internal.wire.InputReply;
import org.peerworks.protocol.sleap.internal.wire.InputRequest;
import org.peerworks.protocol.sleap.internal.wire.JobCommand;
import org.peerworks.protocol.sleap.internal.wire.PackageRequest;
import org.peerworks.protocol.sleap.internal.wire.Texts;
import org.peerworks.protocol.sleap.internal.wire.UploadReply;
import org.peerworks.protocol.sleap.internal.wire.UploadRequest;
import org.peerworks.protocol.sleap.internal.wire.WireException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves one client that has been let in, whatever its generation. */
final class Session implements Phase {

  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  /** After how many signs of life one that waits in the queue is told so again: a minute. */
  private static final int QUEUE_NEWS = 4;

  private final SessionContext context;
  private final PackageIntake packages;
  private final InputIntake inputs;
  private final UploadIntake uploads;
  private final StructuredIntake structured;
  private final Steering steering;
  private final FsCalls files;
  private final AtomicReference<String> chosen = new AtomicReference<>();

  Session(SessionContext context) {
    this.context = context;
    this.packages = new PackageIntake(context);
    this.inputs = new InputIntake(context);
    this.uploads = new UploadIntake(context);
    this.structured = new StructuredIntake(context);
    this.steering = new Steering(context.queue(), context.lane());
    this.files = new FsCalls(context, chosen::set);
  }

  @Override
  public void onText(String text) {
    Optional<ClientMessage> message;
    try {
      message = ClientMessages.read(text);
    } catch (WireException e) {
      note("a broken message (" + e.getMessage() + ")");
      answerBroken(text, e);
      return;
    }
    // What is not known is ignored and never asked about (§6, S23).
    message.ifPresentOrElse(
        this::on, () -> note("an unknown message (" + Texts.line(text, 60) + ")"));
  }

  private void note(String what) {
    context.lane().note("sent " + what + ", which was ignored");
  }

  /** Where a client waits for an answer, it gets one. */
  private void answerBroken(String text, WireException why) {
    if (text.startsWith("FS_WRITE_SLP")) {
      context.lane().send(new FsProjectReply.NotWritten(why.getMessage()));
    } else if (text.startsWith("USE_WORKER_PATH")) {
      context.lane().send(new FsReply.PathError(why.getMessage()));
    } else if (text.startsWith("INPUT_FILE")) {
      context.lane().send(new InputReply.FileNotFound("?", why.getMessage()));
    } else if (text.startsWith("FS_")) {
      context.lane().send(new FsReply.Failed("INVALID_REQUEST", why.getMessage()));
    } else if (text.startsWith("FILE_UPLOAD_")) {
      uploads.discard();
      context.lane().send(new UploadReply.Failed(why.getMessage()));
    } else if (text.startsWith("JOB_SUBMIT")) {
      structured.broken(text, why);
    } else if (text.startsWith("FILE_META")) {
      packages.broken(why);
    }
  }

  private void on(ClientMessage message) {
    if (message instanceof PackageRequest request) {
      on(request);
    } else if (message instanceof FileMeta meta) {
      uploads.discard();
      chosen.set(null);
      packages.begin(meta);
    } else if (message instanceof EndOfFile) {
      packages.end();
    } else if (message instanceof InputRequest request) {
      inputs.on(request);
    } else if (message instanceof JobCommand command) {
      on(command);
    } else if (message instanceof FsRequest request) {
      files.on(request);
    } else if (message instanceof UploadRequest request) {
      packages.discard();
      uploads.on(request);
    } else if (message instanceof AuthResponse) {
      note("an answer to a challenge that was not made");
    }
  }

  private void on(PackageRequest request) {
    if (request instanceof PackageRequest.PackageType type) {
      packages.type(type.type());
      inputs.type(type.type());
    } else if (request instanceof PackageRequest.OutputDir directory) {
      packages.hint(directory.directory());
      String path = chosen.getAndSet(null);
      if (path != null) {
        useWorkerPath(path);
      }
    } else if (request instanceof PackageRequest.ZmqControl control) {
      steering.command(control.command());
    }
  }

  /** {@code OUTPUT_DIR} after {@code USE_WORKER_PATH} begins the job (§2.7). */
  private void useWorkerPath(String path) {
    try {
      packages.submitThere(context.services().requireMounts().require(path));
    } catch (FileAccessException e) {
      packages.refuse(new Refusal(e.code().name(), e.getMessage(), e));
    } catch (Refusal e) {
      packages.refuse(e);
    }
  }

  private void on(JobCommand command) {
    if (command instanceof JobCommand.Submit submit) {
      structured.submit(submit);
    } else if (command instanceof JobCommand.Stop) {
      steering.stop();
    } else if (command instanceof JobCommand.Cancel) {
      steering.cancel();
    } else if (command instanceof JobCommand.Control control) {
      steering.command(control.command());
    }
  }

  @Override
  public void onBinary(ByteBuffer piece) {
    if (packages.isReceiving()) {
      packages.add(piece);
    } else if (uploads.isReceiving()) {
      uploads.add(piece);
    } else {
      note("a piece of no file");
    }
  }

  @Override
  public void tick(long now) {
    context.queue().tick(now, QUEUE_NEWS * context.limits().keepAlive().toNanos());
    long stall = context.limits().stall().toNanos();
    if (isOld(packages.waitingSince(), now, stall) || isOld(uploads.waitingSince(), now, stall)) {
      LOG.info(
          "Closed the channel of peer '{}': its file has stood still for {} s",
          context.lane().peer(),
          context.limits().stall().toSeconds());
      context.lane().close();
    }
  }

  private static boolean isOld(long since, long now, long nanos) {
    return since != 0 && now - since > nanos;
  }

  @Override
  public boolean isBusy() {
    return !context.queue().isEmpty()
        || packages.waitingSince() != 0
        || uploads.waitingSince() != 0;
  }

  @Override
  public void onGone() {
    files.close();
    packages.discard();
    uploads.discard();
    context.queue().abandon();
  }
}
