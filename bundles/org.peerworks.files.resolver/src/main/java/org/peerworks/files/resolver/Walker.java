package org.peerworks.files.resolver;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.peerworks.files.api.FileEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes through a tree, by handles and without following links. Works for some milliseconds at a
 * time and then lets others go first; what it remembers is one open directory for each level.
 */
final class Walker implements Lane.Piece {

  private static final Logger LOG = LoggerFactory.getLogger(Walker.class);
  private static final long SLICE_NANOS = 20_000_000;
  private static final int ENTRIES_PER_LOOK_AT_THE_CLOCK = 64;

  private final MountSearch search;
  private final SearchRun run;
  private final NameMatcher.Judge judge;
  private final Deque<Level> levels = new ArrayDeque<>();

  /** A directory that is being read. */
  private static final class Level {
    final SecureDirectoryStream<Path> directory;
    final Iterator<Path> entries;
    final int depth;

    /** How many directories are still to come; negative if nobody knows. */
    int directories;

    Level(SecureDirectoryStream<Path> directory, int depth, int directories) {
      this.directory = directory;
      entries = directory.iterator();
      this.depth = depth;
      this.directories = directories;
    }
  }

  /**
   * @param directory closed by the walker
   * @param depth levels below the mount
   */
  Walker(MountSearch search, Path path, SecureDirectoryStream<Path> directory, int depth) {
    this.search = search;
    run = search.run();
    judge = run.matcher().judge();
    enter(path, directory, depth);
  }

  private void enter(Path path, SecureDirectoryStream<Path> directory, int depth) {
    int directories = search.counts().directoriesIn(path);
    if (depth >= run.maxDepth() && directories > 0) {
      run.foundDeeper();
    }
    levels.push(new Level(directory, depth, directories));
  }

  @Override
  public void run() {
    long end = System.nanoTime() + SLICE_NANOS;
    try {
      while (!levels.isEmpty() && !run.over()) {
        for (int i = 0; i < ENTRIES_PER_LOOK_AT_THE_CLOCK && !levels.isEmpty(); i++) {
          step();
        }
        search.makeWay();
        if (!levels.isEmpty() && System.nanoTime() - end > 0) {
          search.later(this);
          return;
        }
      }
    } catch (RuntimeException e) {
      LOG.error("A search has failed", e);
      run.skipped().increment();
    }
    close();
  }

  private void step() {
    Level level = levels.peek();
    try {
      if (level.entries.hasNext()) {
        Path entry = level.entries.next();
        run.seen().increment();
        look(level, entry);
      } else {
        levels.pop();
        close(level);
      }
    } catch (DirectoryIteratorException e) {
      run.skipped().increment();
      levels.pop();
      close(level);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return; // gone, or replaced, meanwhile
    } catch (IOException e) {
      run.skipped().increment();
    }
  }

  private void look(Level level, Path entry) throws IOException {
    Path name = entry.getFileName();
    String text = name.toString();
    NameMatcher.Match match = judge.match(text);
    if (!maybeDirectory(level, text)
        && (match == null || run.isBelow(match, entry.getNameCount()))) {
      return;
    }
    if (search.isNotOurs(entry)) {
      level.directories--;
      return;
    }
    BasicFileAttributes attributes = Spot.attributes(level.directory, name);
    if (attributes.isDirectory()) {
      level.directories--;
      if (!search.isNotOurs(attributes)) {
        descend(level, entry, name);
      }
    } else if (match != null && !Names.isShowable(text)) {
      run.skipped().increment();
    } else if (match != null && attributes.isRegularFile()) {
      search.found(
          new FileEntry(
              entry.toString(),
              text,
              false,
              attributes.size(),
              attributes.lastModifiedTime().toInstant()),
          match);
    } else if (match != null && attributes.isSymbolicLink()) {
      search.link(entry, match);
    }
  }

  /** At the deepest level it only matters whether there is one, so likely names will do. */
  private boolean maybeDirectory(Level level, String name) {
    return level.directories != 0
        && (level.depth < run.maxDepth() || !run.isDeeper() && name.indexOf('.') < 0);
  }

  private void descend(Level level, Path entry, Path name) throws IOException {
    if (level.depth >= run.maxDepth()) {
      run.foundDeeper();
      return;
    }
    SecureDirectoryStream<Path> inner =
        level.directory.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
    if (!search.share(entry, inner, level.depth + 1)) {
      enter(entry, inner, level.depth + 1);
    }
  }

  private static void close(Level level) {
    try {
      level.directory.close();
    } catch (IOException e) {
      LOG.debug("Cannot close a directory", e);
    }
  }

  @Override
  public void drop() {
    close();
  }

  /** Gives up what is left. */
  private void close() {
    levels.forEach(Walker::close);
    levels.clear();
    search.walked();
  }
}
