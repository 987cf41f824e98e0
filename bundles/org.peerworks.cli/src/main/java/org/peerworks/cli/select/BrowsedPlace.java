package org.peerworks.cli.select;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.peerworks.files.api.Candidate;
import org.peerworks.files.api.DirectoryListing;
import org.peerworks.files.api.FileEntry;
import org.peerworks.files.api.FileResolver;
import org.peerworks.files.api.FilesInfo;
import org.peerworks.files.api.Search;
import org.peerworks.files.api.SearchListener;
import org.peerworks.files.api.SearchOutcome;
import org.peerworks.files.api.SearchRequest;

/**
 * What one sees at a time of a worker's files: its mounts, a directory, or what a search has found.
 * Pages of a directory are asked for as they are needed. Used by one thread.
 */
final class BrowsedPlace {

  private static final int PAGE = 200;

  /** So many entries are asked for to put them in another order than the worker's. */
  private static final int MOST_SORTED = 20_000;

  private final FileResolver files;
  private final Function<FileResolver, BrowsedPlace> again;
  private final String path;
  private final String title;
  private final List<Row> rows = new ArrayList<>();
  private final Set<String> directories = new HashSet<>();
  private final Map<String, FileEntry> entries = new HashMap<>();
  private Order order = Order.LISTED;
  private Search search;
  private Instant updated;
  private CompletableFuture<Runnable> awaited;
  private long offset;
  private String status = "";
  private boolean more;

  private BrowsedPlace(
      FileResolver files, String path, String title, Function<FileResolver, BrowsedPlace> again) {
    this.files = files;
    this.again = again;
    this.path = path;
    this.title = title;
  }

  static BrowsedPlace ofMounts(FileResolver files) {
    BrowsedPlace place = new BrowsedPlace(files, "", "Mounts", BrowsedPlace::ofMounts);
    place.awaited =
        files.info().<Runnable>thenApply(info -> () -> place.show(info)).toCompletableFuture();
    return place;
  }

  static BrowsedPlace ofDirectory(FileResolver files, String path) {
    BrowsedPlace place = new BrowsedPlace(files, path, path, now -> ofDirectory(now, path));
    place.ask();
    return place;
  }

  /** The whole worker is searched, and the best is told at the end. */
  static BrowsedPlace ofSearch(FileResolver files, String pattern) {
    BrowsedPlace place =
        new BrowsedPlace(files, "", "Found for '" + pattern + "'", now -> ofSearch(now, pattern));
    Search search = files.resolve(SearchRequest.of(pattern), SearchListener.NONE);
    place.search = search;
    place.awaited =
        search
            .outcome()
            .<Runnable>thenApply(outcome -> () -> place.show(outcome))
            .whenComplete((done, failure) -> search.close())
            .toCompletableFuture();
    return place;
  }

  String title() {
    return title;
  }

  /** The directory's path; empty if it is none. */
  String path() {
    return path;
  }

  /** The same, looked at anew. */
  BrowsedPlace anew(FileResolver now) {
    BrowsedPlace place = again.apply(now);
    place.order = order;
    return place;
  }

  /** Cancels what nobody waits for any more. */
  void close() {
    if (search != null) {
      search.close();
    }
  }

  /** In their order. */
  List<Row> rows() {
    if (order == Order.LISTED || !entries.keySet().containsAll(paths())) {
      return rows;
    }
    List<Row> sorted = new ArrayList<>(rows);
    sorted.sort(Comparator.comparing(row -> entries.get(row.path()), order.comparator()));
    return sorted;
  }

  private List<String> paths() {
    return rows.stream().map(Row::path).toList();
  }

  boolean isSorted() {
    return order != Order.LISTED;
  }

  /** Goes on to the next order. */
  void sort() {
    order = order.next();
  }

  /** When the worker has answered last; empty if it has not. */
  Optional<Instant> updated() {
    return Optional.ofNullable(updated);
  }

  String status() {
    String now = awaited == null ? status : "loading ...";
    return order == Order.LISTED ? now : order.shown() + (now.isEmpty() ? "" : ", " + now);
  }

  boolean isDirectory(Row row) {
    return directories.contains(row.path());
  }

  /**
   * Asks for the next page when the cursor comes near the end of what is there, or an order wants
   * all of them.
   */
  void near(int cursor) {
    boolean wanted =
        cursor >= rows.size() - PAGE / 2 || order != Order.LISTED && rows.size() < MOST_SORTED;
    if (more && awaited == null && wanted) {
      ask();
    }
  }

  /** Takes what has come, without waiting; whether there was anything. */
  boolean update() {
    if (awaited == null || !awaited.isDone()) {
      return false;
    }
    CompletableFuture<Runnable> done = awaited;
    awaited = null;
    more = false;
    done.handle(
            (show, failure) -> {
              if (failure == null) {
                show.run();
                updated = Instant.now();
              } else {
                Throwable cause = failure.getCause() == null ? failure : failure.getCause();
                status = String.valueOf(cause.getMessage());
              }
              return null;
            })
        .join();
    return true;
  }

  private void ask() {
    awaited =
        files
            .list(path, offset, PAGE)
            .<Runnable>thenApply(page -> () -> show(page))
            .toCompletableFuture();
  }

  private void show(FilesInfo info) {
    info.mounts()
        .forEach(
            mount -> {
              directories.add(mount.mount().path());
              rows.add(FileRows.of(mount));
            });
    status = rows.isEmpty() ? "This worker has no mounts." : "";
  }

  private void show(DirectoryListing page) {
    for (FileEntry entry : page.entries()) {
      if (entry.directory()) {
        directories.add(entry.path());
      }
      entries.put(entry.path(), entry);
      rows.add(FileRows.of(entry));
    }
    offset += PAGE;
    more = page.hasMore();
    status =
        (more ? "showing " + rows.size() + " of " + page.total() : "")
            + (page.hidden() > 0 ? (more ? ", " : "") + page.hidden() + " cannot be shown" : "");
  }

  private void show(SearchOutcome outcome) {
    for (Candidate candidate : outcome.candidates()) {
      entries.put(candidate.file().path(), candidate.file());
      rows.add(FileRows.of(candidate));
    }
    List<String> remarks = new ArrayList<>(SearchRemarks.of(outcome));
    if (rows.isEmpty()) {
      remarks.add(0, "nothing was found");
    }
    status = String.join("; ", remarks);
  }
}
