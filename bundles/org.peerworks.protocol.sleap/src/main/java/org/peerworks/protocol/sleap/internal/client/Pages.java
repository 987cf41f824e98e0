package org.peerworks.protocol.sleap.internal.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.peerworks.files.api.DirectoryListing;
import org.peerworks.files.api.FileEntry;
import org.peerworks.protocol.sleap.internal.wire.FsReply;
import org.peerworks.protocol.sleap.internal.wire.FsRequest;

/** A directory of a worker, put together out of its pages of 20 entries. */
final class Pages {

  /** Entries that are looked through for one that the format has no question for. */
  private static final int MOST_LOOKED_THROUGH = 2000;

  private final FileQuestions questions;

  Pages(FileQuestions questions) {
    this.questions = questions;
  }

  /** So many entries, or fewer where the directory ends. */
  CompletableFuture<DirectoryListing> list(String path, int offset, int limit) {
    return list(path, offset, limit, new ArrayList<>());
  }

  private CompletableFuture<DirectoryListing> list(
      String path, int offset, int limit, List<FsReply.Entry> before) {
    return page(path, offset + before.size())
        .thenCompose(
            page -> {
              List<FsReply.Entry> entries = page.entries();
              int fits = Math.min(entries.size(), limit - before.size());
              before.addAll(entries.subList(0, fits));
              if (page.more() && !entries.isEmpty() && before.size() < limit) {
                return list(path, offset, limit, before);
              }
              List<FileEntry> shown =
                  before.stream()
                      .filter(entry -> isName(entry.name()))
                      .map(entry -> FileAnswers.entry(page.path(), entry))
                      .toList();
              boolean more = page.more() || fits < entries.size();
              return CompletableFuture.completedFuture(
                  new DirectoryListing(
                      page.path(), shown, page.total(), more, before.size() - shown.size()));
            });
  }

  private static boolean isName(String name) {
    return !name.isEmpty()
        && !name.contains("/")
        && name.chars().noneMatch(Character::isISOControl);
  }

  /** A file by its name; empty if it is not among the first entries. */
  CompletableFuture<Optional<FileEntry>> find(String directory, String name) {
    return find(directory, name, 0);
  }

  private CompletableFuture<Optional<FileEntry>> find(String directory, String name, int offset) {
    return page(directory, offset)
        .thenCompose(
            page -> {
              Optional<FileEntry> found =
                  page.entries().stream()
                      .filter(entry -> entry.name().equals(name))
                      .findFirst()
                      .map(entry -> FileAnswers.entry(page.path(), entry));
              int next = offset + page.entries().size();
              boolean over = !page.more() || next == offset || next >= MOST_LOOKED_THROUGH;
              return found.isPresent() || over
                  ? CompletableFuture.completedFuture(found)
                  : find(directory, name, next);
            });
  }

  private CompletableFuture<FsReply.Listing> page(String path, int offset) {
    return questions
        .ask(new FsRequest.ListDirectory(path, offset), FsReply.Listing.class::isInstance)
        .thenApply(FsReply.Listing.class::cast);
  }
}
