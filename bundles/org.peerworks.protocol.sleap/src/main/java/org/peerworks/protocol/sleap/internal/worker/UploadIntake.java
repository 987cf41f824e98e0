package org.peerworks.protocol.sleap.internal.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.Mounts;
import org.peerworks.files.api.NewFile;
import org.peerworks.lib.files.FileNames;
import org.peerworks.protocol.sleap.internal.wire.UploadReply;
import org.peerworks.protocol.sleap.internal.wire.UploadRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes files into a mount (§2.8). Name and directory are confined (§6, S4 and S5), nothing is ever
 * replaced, and the hash that is remembered is the one that was computed here. Thread-safe.
 */
final class UploadIntake {

  private static final Logger LOG = LoggerFactory.getLogger(UploadIntake.class);
  private static final String SUBFOLDER = "sleap_rtc_downloads";
  private static final int MOST_NUMBERS = 1000;
  private static final long PROGRESS_NANOS = 500_000_000L;

  private final SessionContext context;
  private Arriving arriving;
  private long lastProgress;
  private volatile long waitingSince;

  private record Arriving(NewFile target, IncomingFile file, MessageDigest digest) {}

  UploadIntake(SessionContext context) {
    this.context = context;
  }

  synchronized boolean isReceiving() {
    return arriving != null;
  }

  /** Since when nothing has come of the file; 0 while none is on its way. */
  long waitingSince() {
    return waitingSince;
  }

  synchronized void on(UploadRequest request) {
    try {
      if (request instanceof UploadRequest.Check check) {
        check(check);
      } else if (request instanceof UploadRequest.Start start) {
        start(start);
      } else {
        end();
      }
    } catch (Refusal e) {
      refuse(e);
    }
  }

  private void refuse(Refusal why) {
    context.lane().note("sent a file that was refused: " + why.getMessage());
    discard();
    context.lane().send(new UploadReply.Failed(why.getMessage()));
  }

  private void check(UploadRequest.Check check) {
    Mounts mounts = context.services().requireMounts();
    Optional<String> path =
        context
            .clients()
            .cache()
            .find(check.sha256())
            .filter(found -> isNamed(found, check.name()) && isReadable(mounts, found));
    context
        .lane()
        .send(path.isPresent() ? new UploadReply.CacheHit(path.get()) : new UploadReply.Ready());
  }

  /**
   * Whether a file has the name that the client gives it, or that name with a number: results are
   * named after it, so the same bytes under another name are another file.
   */
  private static boolean isNamed(String path, String name) {
    String found = path.substring(path.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    String ending = name.substring(stem.length());
    return found.equals(name)
        || found.matches(Pattern.quote(stem) + "-[0-9]{1,4}" + Pattern.quote(ending));
  }

  /** The mounts may have changed since. */
  private static boolean isReadable(Mounts mounts, String path) {
    try {
      return mounts.require(path).toString().equals(path);
    } catch (FileAccessException e) {
      LOG.debug("A file that was sent before cannot be used any more", e);
      return false;
    }
  }

  private void start(UploadRequest.Start start) {
    discard();
    try {
      FileNames.requirePlain(start.name());
    } catch (IllegalArgumentException e) {
      throw new Refusal("INVALID_PATH", e.getMessage(), e);
    }
    Mounts mounts = context.services().requireMounts();
    Space.Grant grant = null;
    try {
      String directory =
          start.subfolder()
              ? mounts.createDirectories(start.directory() + "/" + SUBFOLDER).toString()
              : mounts.require(start.directory()).toString();
      grant = context.space().take(Path.of(directory), start.size());
      NewFile target = create(mounts, directory, start.name());
      arriving = new Arriving(target, new IncomingFile(target, start.size(), grant), sha256());
    } catch (FileAccessException e) {
      giveBack(grant);
      throw new Refusal(e.code().name(), e.getMessage(), e);
    } catch (IOException e) {
      giveBack(grant);
      throw new Refusal("NO_SPACE", "The worker's disk failed.", e);
    }
    waitingSince = System.nanoTime();
    lastProgress = System.nanoTime();
    context.lane().send(new UploadReply.Ready());
  }

  /** Where the name is taken, with a number behind it: the client is told the path at the end. */
  private static NewFile create(Mounts mounts, String directory, String name) {
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    for (int number = 1; ; number++) {
      String numbered = number == 1 ? name : stem + "-" + number + name.substring(stem.length());
      try {
        return mounts.create(directory + "/" + numbered);
      } catch (FileAccessException e) {
        if (e.code() != FileAccessException.Code.EXISTS || number == MOST_NUMBERS) {
          throw e;
        }
      }
    }
  }

  private static void giveBack(Space.Grant grant) {
    if (grant != null) {
      grant.giveBack();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java has no SHA-256.", e);
    }
  }

  synchronized void add(ByteBuffer piece) {
    Arriving now = arriving;
    if (now == null) {
      return;
    }
    try {
      now.digest().update(piece.duplicate());
      now.file().write(piece);
    } catch (Refusal e) {
      refuse(e);
      return;
    } catch (IOException e) {
      LOG.error("A file could not be written", e);
      refuse(new Refusal("NO_SPACE", "The worker's disk failed or is full.", e));
      return;
    }
    waitingSince = System.nanoTime();
    if (waitingSince - lastProgress >= PROGRESS_NANOS) {
      lastProgress = waitingSince;
      context.lane().send(new UploadReply.Progress(now.file().received(), now.file().size()));
    }
  }

  private void end() {
    Arriving whole = arriving;
    if (whole == null) {
      throw new Refusal("INVALID_REQUEST", "No file is on its way. Begin with FILE_UPLOAD_START.");
    }
    whole.file().requireWhole();
    String sha256 = HexFormat.of().formatHex(whole.digest().digest());
    Path path = commit(whole);
    discard();
    context.clients().cache().add(sha256, path.toString());
    context.lane().note("has sent the file '" + path + "'");
    context.lane().send(new UploadReply.Complete(path.toString()));
  }

  private static Path commit(Arriving whole) {
    try {
      return whole.target().commit();
    } catch (FileAccessException e) {
      throw new Refusal(e.code().name(), e.getMessage(), e);
    } catch (IOException e) {
      throw new Refusal("NO_SPACE", "The worker's disk failed or is full.", e);
    }
  }

  /** Throws away what has come so far, unless it is whole. */
  synchronized void discard() {
    Arriving half = arriving;
    arriving = null;
    waitingSince = 0;
    if (half != null) {
      try {
        half.file().close();
      } catch (IOException e) {
        LOG.warn("A file that was received could not be closed", e);
      }
    }
  }
}
