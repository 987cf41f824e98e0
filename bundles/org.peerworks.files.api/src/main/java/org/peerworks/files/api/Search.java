package org.peerworks.files.api;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** A search that is under way. Thread-safe. */
@ProviderType
public interface Search extends AutoCloseable {

  /**
   * The end of the search: all was seen, the time was up, or it was cancelled. Fails with {@link
   * FileAccessException}: {@code INVALID_REQUEST}, {@code PATTERN_TOO_BROAD}, {@code
   * MOUNT_NOT_FOUND}, {@code LIMIT} if too many searches run, {@code UNAVAILABLE}.
   */
  CompletionStage<SearchOutcome> outcome();

  /**
   * Cancels: the outcome completes soon with what was found, and says {@code timeout}. Never
   * blocks. Does nothing after the end.
   */
  @Override
  void close();
}
