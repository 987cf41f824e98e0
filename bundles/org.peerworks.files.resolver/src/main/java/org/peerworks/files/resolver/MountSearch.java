package org.peerworks.files.resolver;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.peerworks.files.api.Candidate;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The part of a search that one mount takes. */
final class MountSearch {

  private static final Logger LOG = LoggerFactory.getLogger(MountSearch.class);
  private static final Duration HANGS = Duration.ofSeconds(2);
  private static final int MOST_LINKS = 1000;

  private final SearchRun run;
  private final Mounted mount;
  private final Places places;

  /**
   * Walkers, and links that are being looked at; the search is over when none is left. The opening
   * counts from the very beginning, so that a search is not over before it has begun everywhere.
   */
  private final AtomicInteger working = new AtomicInteger(1);

  private final AtomicInteger walkers = new AtomicInteger();
  private final AtomicInteger links = new AtomicInteger();
  private volatile boolean broken;
  private volatile LinkCounts counts;

  MountSearch(SearchRun run, Mounted mount, Places places) {
    this.run = run;
    this.mount = mount;
    this.places = places;
  }

  String label() {
    return mount.label();
  }

  SearchRun run() {
    return run;
  }

  /** Whether a directory is another mount, which is searched for itself, or the worker's data. */
  boolean isNotOurs(Path path) {
    MountSet mounts = places.mounts();
    return mounts.isMount(path) || mounts.isSecret(path);
  }

  /** Whether a directory is the worker's data under another name. */
  boolean isNotOurs(BasicFileAttributes attributes) {
    return places.mounts().isSecret(attributes);
  }

  void makeWay() {
    mount.lane().makeWay();
  }

  LinkCounts counts() {
    return counts;
  }

  void start() {
    if (!mount.lane().search(new Opening())) {
      broken = true;
      working.decrementAndGet();
    }
  }

  /** The first piece: opens the mount. */
  private final class Opening implements Lane.Piece {
    @Override
    public void run() {
      open();
    }

    @Override
    public void drop() {
      broken = true;
      done();
    }
  }

  private void open() {
    try {
      Path root = places.mounts().root(mount);
      counts = new LinkCounts(root);
      SecureDirectoryStream<Path> directory = Spot.open(root);
      walkers.incrementAndGet();
      new Walker(this, root, directory, 0).run();
    } catch (IOException | FileAccessException e) {
      LOG.info("Cannot search the mount '{}'", mount.label(), e);
      broken = true;
      done();
    }
  }

  /** Takes a subdirectory over from a walker, if there is a free thread. */
  boolean share(Path path, SecureDirectoryStream<Path> directory, int depth) {
    if (walkers.get() >= Lane.THREADS_OF_EACH) {
      return false;
    }
    working.incrementAndGet();
    walkers.incrementAndGet();
    if (!mount.lane().search(new Walker(this, path, directory, depth))) {
      walkers.decrementAndGet();
      done();
      return false;
    }
    return true;
  }

  /** Has a walker go on later, behind others. */
  void later(Walker walker) {
    if (!mount.lane().search(walker)) {
      broken = true;
      walker.drop();
    }
  }

  void walked() {
    walkers.decrementAndGet();
    done();
  }

  private void done() {
    if (working.decrementAndGet() == 0) {
      run.look();
    }
  }

  /** Asks where a link with a fitting name leads. */
  void link(Path path, NameMatcher.Match match) {
    if (links.incrementAndGet() > MOST_LINKS) {
      run.skipped().increment();
      return;
    }
    working.incrementAndGet();
    places
        .visit(path.toString(), spot -> spot.attributes())
        .whenComplete(
            (attributes, failure) -> {
              if (failure == null && attributes.isRegularFile()) {
                found(
                    new FileEntry(
                        path.toString(),
                        path.getFileName().toString(),
                        false,
                        attributes.size(),
                        attributes.lastModifiedTime().toInstant()),
                    match);
              }
              done();
            });
  }

  void found(FileEntry file, NameMatcher.Match match) {
    double score = run.matcher().score(match, file.path(), file.size());
    run.best().add(new Candidate(file, mount.label(), match.type(), score));
  }

  boolean finished() {
    return working.get() == 0;
  }

  /** Whether something of the mount is missing from the search because of its disk. */
  boolean unavailable() {
    return broken || !finished() && mount.lane().searchHangs(HANGS);
  }
}
