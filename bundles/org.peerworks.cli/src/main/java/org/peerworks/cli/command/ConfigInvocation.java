package org.peerworks.cli.command;

import java.nio.file.Path;
import java.util.Optional;

/** sleap-rtc's configuration file. */
public sealed interface ConfigInvocation extends OwnInvocation {

  /** Shows what counts, and where it comes from. */
  record Show(Context context) implements ConfigInvocation {}

  /** Prints the path of the file that counts. */
  record ShowPath(Context context) implements ConfigInvocation {}

  /**
   * Adds a mount.
   *
   * @param global in the user's file, even where a local one counts
   */
  record AddMount(Context context, Path path, String label, boolean global)
      implements ConfigInvocation {}

  /**
   * Removes a mount.
   *
   * @param mount its label, or its path
   */
  record RemoveMount(Context context, String mount, boolean global) implements ConfigInvocation {}

  /**
   * Writes a new file.
   *
   * @param global the user's, instead of {@code ./sleap-rtc.toml}
   * @param force whether one that is there may be replaced
   */
  record Init(Context context, boolean global, boolean force) implements ConfigInvocation {}

  /** Adds a mapping of paths. */
  record AddPathMapping(Context context, String local, String worker) implements ConfigInvocation {}

  /** Removes the mappings of a local directory, or one of them. */
  record RemovePathMapping(Context context, String local, Optional<String> worker)
      implements ConfigInvocation {}

  /** Lists the mappings of paths. */
  record ListPathMappings(Context context) implements ConfigInvocation {}
}
