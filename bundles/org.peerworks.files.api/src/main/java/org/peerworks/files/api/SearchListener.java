package org.peerworks.files.api;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Follows a search while it runs. */
@ConsumerType
@FunctionalInterface
public interface SearchListener {

  /** Waits for the end. */
  SearchListener NONE = best -> {};

  /**
   * The best candidates so far have changed. Called on one thread at a time, at most about ten
   * times a second, with the latest state if the listener is slow; not after the end.
   *
   * @param best at most 20, highest score first; replaces what was told before
   */
  void onCandidates(List<Candidate> best);
}
