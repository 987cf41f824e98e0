package org.peerworks.files.api;

import java.util.List;
import java.util.Objects;

/**
 * A page of a directory. Directories come first, then by name without regard to case.
 *
 * <p>Pages that are asked for shortly one after the other come from one look at the directory, so
 * that nothing is missed or seen twice while somebody adds files; an entry that is gone when its
 * page is asked for is left out, which makes a page shorter.
 *
 * @param path of the directory, absolute, without links
 * @param entries of this page
 * @param total entries of the whole directory that can be shown
 * @param hasMore whether entries follow after this page
 * @param hidden entries that cannot be shown: special files, links that lead out of the mounts (in
 *     directories of up to 2000 entries), names that are no valid text or have control characters
 */
public record DirectoryListing(
    String path, List<FileEntry> entries, long total, boolean hasMore, long hidden) {

  public DirectoryListing {
    Objects.requireNonNull(path, "path");
    entries = List.copyOf(entries);
  }
}
