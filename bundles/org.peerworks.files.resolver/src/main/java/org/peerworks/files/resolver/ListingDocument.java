package org.peerworks.files.resolver;

import java.util.List;
import org.peerworks.files.api.DirectoryListing;

/** {@code files:list --json}. */
record ListingDocument(
    String path, List<FileRow> entries, long total, boolean hasMore, long hidden) {

  static ListingDocument of(DirectoryListing page) {
    return new ListingDocument(
        page.path(),
        page.entries().stream().map(FileRow::of).toList(),
        page.total(),
        page.hasMore(),
        page.hidden());
  }
}
