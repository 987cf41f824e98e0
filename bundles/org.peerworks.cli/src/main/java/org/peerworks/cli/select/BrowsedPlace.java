package org.peerworks.cli.select;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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

  private final FileResolver files;
  private final String path;
  private final String title;
  private final List<Row> rows = new ArrayList<>();
  private final Set<String> directories = new HashSet<>();
  private CompletableFuture<Runnable> awaited;
  private long offset;
  private String status = "";
  private boolean more;

  private BrowsedPlace(FileResolver files, String path, String title) {
    this.files = files;
    this.path = path;
    this.title = title;
  }

  static BrowsedPlace ofMounts(FileResolver files) {
    BrowsedPlace place = new BrowsedPlace(files, "", "Mounts");
    place.awaited =
        files.info().<Runnable>thenApply(info -> () -> place.show(info)).toCompletableFuture();
    return place;
  }

  static BrowsedPlace ofDirectory(FileResolver files, String path) {
    BrowsedPlace place = new BrowsedPlace(files, path, path);
    place.ask();
    return place;
  }

  /** The whole worker is searched, and the best is told at the end. */
  static BrowsedPlace ofSearch(FileResolver files, String pattern) {
    BrowsedPlace place = new BrowsedPlace(files, "", "Found for '" + pattern + "'");
    Search search = files.resolve(SearchRequest.of(pattern), SearchListener.NONE);
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

  List<Row> rows() {
    return rows;
  }

  String status() {
    return awaited == null ? status : "loading ...";
  }

  boolean isDirectory(Row row) {
    return directories.contains(row.path());
  }

  /** Asks for the next page when the cursor comes near the end of what is there. */
  void near(int cursor) {
    if (more && awaited == null && cursor >= rows.size() - PAGE / 2) {
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
      rows.add(FileRows.of(entry));
    }
    offset += PAGE;
    more = page.hasMore();
    status =
        (more ? "showing " + rows.size() + " of " + page.total() : "")
            + (page.hidden() > 0 ? (more ? ", " : "") + page.hidden() + " cannot be shown" : "");
  }

  private void show(SearchOutcome outcome) {
    outcome.candidates().forEach(candidate -> rows.add(FileRows.of(candidate)));
    status =
        rows.isEmpty()
            ? "nothing was found"
            : outcome.truncated() ? "more match; type a longer name" : "";
  }
}
