package org.peerworks.protocol.sleap.internal.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.peerworks.job.api.JobRequest;
import org.peerworks.lib.files.FileNames;
import org.peerworks.protocol.sleap.internal.wire.FileMeta;
import org.peerworks.protocol.sleap.internal.wire.Json;
import org.peerworks.protocol.sleap.internal.wire.WireException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes packages in (§2.2) and makes jobs of them. What a client says about one package holds for
 * that one: nothing of it is left for the next (§5, 31). Thread-safe.
 */
final class PackageIntake {

  private static final Logger LOG = LoggerFactory.getLogger(PackageIntake.class);

  private final SessionContext context;
  private String type = "train";
  private String hint = "";
  private Arriving arriving;

  /** Since when nothing has come of the file; 0 while none is on its way. */
  private volatile long waitingSince;

  private record Arriving(FileMeta meta, Path directory, IncomingFile file) {}

  PackageIntake(SessionContext context) {
    this.context = context;
  }

  synchronized void type(String wanted) {
    type = wanted;
  }

  synchronized void hint(String directory) {
    hint = directory;
  }

  synchronized boolean isReceiving() {
    return arriving != null;
  }

  long waitingSince() {
    return waitingSince;
  }

  synchronized void begin(FileMeta meta) {
    discard();
    Path directory = null;
    try {
      String name = FileNames.requirePlain(meta.name());
      directory = context.staging().directory();
      Space.Grant grant = context.space().take(directory, meta.size());
      arriving =
          new Arriving(
              meta,
              directory,
              new IncomingFile(Staging.create(directory.resolve(name)), meta.size(), grant));
      waitingSince = System.nanoTime();
      context.lane().note("sends package '" + name + "' of " + meta.size() + " bytes");
    } catch (IllegalArgumentException e) {
      refuse(meta, new Refusal("INVALID_PATH", e.getMessage(), e));
    } catch (Refusal e) {
      Staging.delete(directory);
      refuse(meta, e);
    } catch (IOException e) {
      LOG.error("A package cannot be taken in", e);
      if (directory != null) {
        Staging.delete(directory);
      }
      refuse(meta, new Refusal("NO_SPACE", "The worker's disk failed or is full.", e));
    }
  }

  synchronized void add(ByteBuffer piece) {
    Arriving now = arriving;
    if (now == null) {
      return;
    }
    try {
      now.file().write(piece);
      waitingSince = System.nanoTime();
    } catch (Refusal e) {
      discard();
      refuse(now.meta(), e);
    } catch (IOException e) {
      LOG.error("A package could not be written", e);
      discard();
      refuse(now.meta(), new Refusal("NO_SPACE", "The worker's disk failed or is full.", e));
    }
  }

  /** The file is whole; without one, this is an echo of something that was refused, or stray. */
  synchronized void end() {
    Arriving whole = arriving;
    if (whole == null) {
      context.lane().note("sent 'END_OF_FILE', but no file is on its way");
      return;
    }
    try {
      whole.file().requireWhole();
    } catch (Refusal e) {
      discard();
      refuse(whole.meta(), e);
      return;
    }
    arriving = null;
    waitingSince = 0;
    close(whole.file());
    Path file = whole.directory().resolve(whole.meta().name());
    if (type.equals("track") && !TrackScript.mayBeIn(file)) {
      Staging.delete(whole.directory());
      refuse(whole.meta(), TrackScript.missing());
      return;
    }
    submit(whole.meta().name(), whole.meta().gui(), file, () -> Staging.delete(whole.directory()));
  }

  /**
   * Hands in a job for a package that is there, with what was said about it.
   *
   * @param done called when the file is not needed any more
   */
  private void submit(String name, boolean gui, Path file, Runnable done) {
    submit(name, gui, "{}", Map.of(name, file), done);
  }

  /**
   * Hands in a job for a package in a mount, by its path: the job looks for it anew, in the mounts
   * only, when it uses it.
   */
  synchronized void submitThere(Path file) {
    submit(file.getFileName().toString(), true, there(file), Map.of(), () -> {});
  }

  /** The parameters of a job whose package lies in a mount. */
  static String there(Path file) {
    return Json.write(Json.object().put("package", file.toString()));
  }

  private void submit(
      String name, boolean gui, String parameters, Map<String, Path> inputs, Runnable done) {
    String jobType = type;
    Story story = story(name, gui);
    reset();
    context
        .queue()
        .submit(
            context::jobs,
            new JobRequest(
                jobType,
                parameters,
                inputs,
                JobRequest.DEFAULT_PRIORITY,
                UUID.randomUUID().toString(),
                Duration.ZERO),
            story,
            done);
  }

  private Story story(String name, boolean gui) {
    boolean zip = name.toLowerCase(Locale.ROOT).endsWith(".zip");
    String stem = zip ? name.substring(0, name.length() - 4) : name;
    return type.equals("track")
        ? new TrackStory(context.lane(), context.results(), hint)
        : new TrainStory(context.lane(), context.results(), stem, hint, gui);
  }

  /** What announced the file could not be read. */
  synchronized void broken(WireException why) {
    discard();
    refuse(new Refusal("INVALID_REQUEST", why.getMessage(), why));
  }

  /** Tells the client, who has no other word for it, in the form of a job that failed. */
  synchronized void refuse(Refusal why) {
    refuse(new FileMeta("package", 0, ""), why);
  }

  private void refuse(FileMeta meta, Refusal why) {
    context.lane().note("sent a package that was refused: " + why.getMessage());
    Story story = story(plain(meta.name()), meta.gui());
    reset();
    story.refused(why);
  }

  private static String plain(String name) {
    try {
      return FileNames.requirePlain(name);
    } catch (IllegalArgumentException e) {
      return "package";
    }
  }

  private void reset() {
    type = "train";
    hint = "";
  }

  /** Throws away what has come so far. */
  synchronized void discard() {
    Arriving half = arriving;
    arriving = null;
    waitingSince = 0;
    if (half != null) {
      close(half.file());
      Staging.delete(half.directory());
    }
  }

  private static void close(IncomingFile file) {
    try {
      file.close();
    } catch (IOException e) {
      LOG.warn("A file that was received could not be closed", e);
    }
  }
}
