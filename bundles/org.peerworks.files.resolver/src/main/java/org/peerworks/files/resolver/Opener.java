package org.peerworks.files.resolver;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileAccessException.Code;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the files of one mount on threads of its own, while the question's thread waits. If
 * somebody puts a FIFO where a file was, to open it takes until a writer comes, perhaps for ever,
 * and Java can neither ask for less nor end that. Then the question is given up, and the FIFO is
 * opened for writing as well, which lets the thread go.
 */
final class Opener implements AutoCloseable {

  static final int MOST_THREADS = 8;

  private static final Logger LOG = LoggerFactory.getLogger(Opener.class);
  private static final long IDLE_SECONDS = 10;
  private static final Set<? extends OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  private static final Set<? extends OpenOption> BOTH =
      Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

  private final Duration patience;
  private final ThreadPoolExecutor threads;
  private final Set<Opening> openings = ConcurrentHashMap.newKeySet();

  /**
   * @param patience how long a question waits for its file
   */
  Opener(String label, Duration patience) {
    this.patience = patience;
    AtomicInteger number = new AtomicInteger();
    threads =
        new ThreadPoolExecutor(
            0,
            MOST_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> {
              Thread thread =
                  new Thread(task, "files-open " + label + " " + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Opens a file for reading, without following a link; the caller closes it. On the mount's lane.
   *
   * @param real for messages
   */
  FileChannel open(SecureDirectoryStream<Path> parent, Path name, Path real) throws IOException {
    openings.stream().filter(Opening::isGivenUp).forEach(Opening::release);
    Opening opening =
        new Opening(parent.newDirectoryStream(Path.of("."), LinkOption.NOFOLLOW_LINKS), name);
    openings.add(opening);
    try {
      threads.execute(opening);
    } catch (RejectedExecutionException e) {
      opening.end();
      throw silent(real);
    }
    try {
      return opening.opened.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof FileAccessException known) {
        throw known;
      }
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IOException("Cannot open '" + real + "'", e.getCause());
    } catch (TimeoutException e) {
      opening.giveUp();
      throw silent(real);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      opening.giveUp();
      throw silent(real);
    }
  }

  private static FileAccessException silent(Path real) {
    return new FileAccessException(
        Code.UNAVAILABLE,
        "'%s' cannot be opened: its mount does not answer, or it is no file any more."
            .formatted(Names.shown(real.toString())));
  }

  /** A file that is being opened; its directory is held open until then. */
  private final class Opening implements Runnable {
    private final SecureDirectoryStream<Path> directory;
    private final Path name;
    private final CompletableFuture<FileChannel> opened = new CompletableFuture<>();

    private Opening(SecureDirectoryStream<Path> directory, Path name) {
      this.directory = directory;
      this.name = name;
    }

    @Override
    public void run() {
      try {
        FileChannel channel = (FileChannel) directory.newByteChannel(name, READ);
        if (!isFile(channel)) {
          channel.close();
          opened.completeExceptionally(
              new FileAccessException(
                  Code.ACCESS_DENIED, "'" + name + "' is neither a file nor a directory."));
        } else if (!opened.complete(channel)) {
          channel.close(); // nobody waits any more
        }
      } catch (Throwable e) {
        opened.completeExceptionally(e);
      } finally {
        end();
      }
    }

    boolean isGivenUp() {
      return opened.isCancelled();
    }

    void giveUp() throws IOException {
      if (opened.cancel(false)) {
        release();
      } else if (!opened.isCompletedExceptionally()) {
        opened.join().close(); // just too late
      }
    }

    /** Opening a FIFO for reading and writing does not wait, and lets go whoever waits there. */
    private void release() {
      try {
        if (Spot.attributes(directory, name).isOther()) {
          directory.newByteChannel(name, BOTH).close();
        }
      } catch (IOException | RuntimeException e) {
        LOG.debug("Cannot let go of '{}'", name, e);
      }
    }

    private void end() {
      openings.remove(this);
      try {
        directory.close();
      } catch (IOException e) {
        LOG.debug("Cannot close a directory", e);
      }
    }
  }

  /** How many files are being opened, also such that nobody waits for any more. */
  int open() {
    return openings.size();
  }

  /** A FIFO or a terminal has no position. */
  private static boolean isFile(FileChannel channel) {
    try {
      return channel.position() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
