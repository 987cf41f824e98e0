package org.peerworks.files.resolver;

import java.util.List;

/** A link leads into another mount, whose disk only its own lane may touch. */
final class Redirect extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient MountSet.Place place;
  private final int links;

  /**
   * @param names from the root directory on
   * @param links followed so far
   */
  Redirect(MountSet mounts, String asked, List<String> names, int links) {
    super(null, null, false, false);
    place = mounts.place(asked, names);
    this.links = links;
  }

  MountSet.Place place() {
    return place;
  }

  int links() {
    return links;
  }
}
