package org.peerworks.files.api;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Finds files below a worker's mounts; never outside them. On the worker the resolver provides it
 * as a service; on a client the protocol does, over a channel, so that a caller does not know where
 * the worker is.
 *
 * <p>All paths are the worker's, as text; what {@link Mounts} says about them holds here too.
 *
 * <p>Thread-safe. Stages fail with {@link FileAccessException}; no method throws it directly, none
 * blocks. A mount that does not answer fails its own requests with {@code UNAVAILABLE} after the
 * configured time ({@code answerSeconds}) and delays no other. How many requests may wait is
 * limited for the whole worker ({@code LIMIT} beyond): a protocol hands in a few of each peer at a
 * time, so that nobody takes the place of the others. Stages complete on a thread that may be used
 * for short work.
 */
@ProviderType
public interface FileResolver {

  /** Entries of a page if the caller does not say. */
  int DEFAULT_PAGE = 20;

  /** Most entries of a page. */
  int LARGEST_PAGE = 1000;

  /** Most candidates of a search. */
  int MOST_CANDIDATES = 20;

  /** Most names, paths or videos in one request. */
  int MOST_NAMES = 10_000;

  /** Who this worker is, and its mounts. */
  CompletionStage<FilesInfo> info();

  /**
   * A file or a directory of a mount; this is how a client finds out whether a path can be used.
   * Its {@link FileEntry#path()} is the real one, without links.
   */
  CompletionStage<FileEntry> look(String path);

  /**
   * One page of a directory.
   *
   * @param path a directory in a mount ({@code INVALID_REQUEST} if it is a file)
   * @param offset number of the first entry, from 0; beyond the end gives an empty page
   * @param limit 1 to {@link #LARGEST_PAGE}
   */
  CompletionStage<DirectoryListing> list(String path, long offset, int limit);

  /**
   * Looks for a file. Directories that are links are not entered; links to files count as far as
   * they lead into a mount. Ends after the configured time (10 s unless configured otherwise).
   *
   * @return at once; a refusal is told by its outcome
   */
  Search resolve(SearchRequest request, SearchListener listener);

  /**
   * Whether the videos of a project can be read here. Relative paths start from the project's
   * directory.
   *
   * @param slpPath a SLEAP .slp file in a mount ({@code INVALID_REQUEST} if it cannot be read as
   *     one)
   */
  CompletionStage<VideoCheck> checkVideos(String slpPath);

  /**
   * Which of some files lie in a directory; those below it are not looked at.
   *
   * @param directory in a mount
   * @param names without separators; at most {@link #MOST_NAMES}
   */
  CompletionStage<DirectoryScan> scanDirectory(String directory, List<String> names);

  /**
   * Guesses where other files are from where one was found.
   *
   * @param originalPath of a file as somebody's computer knew it, also one of Windows
   * @param newPath where it is on the worker
   * @param others original paths of other files; at most {@link #MOST_NAMES}
   */
  CompletionStage<PrefixProposal> proposePrefix(
      String originalPath, String newPath, List<String> others);

  /** Writes a copy of a project; an existing file is never replaced. */
  CompletionStage<WrittenProject> writeProject(ProjectRequest request);
}
