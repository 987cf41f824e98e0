package org.peerworks.files.resolver;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.peerworks.files.api.Mount;

/** One mount: where it is configured to be, where it really is, and the lane to its disk. */
final class Mounted implements AutoCloseable {

  private final String label;
  private final Path configured;
  private final List<String> configuredNames;
  private final Origin origin;
  private final boolean hidden;
  private final Lane lane;
  private volatile Real real;

  /** Where a mount was configured. */
  enum Origin {
    CONFIGURATION("configuration"),
    SLEAP_RTC("sleap-rtc.toml"),
    COMMAND("files:mount-add"),
    OWN("own");

    private final String shown;

    Origin(String shown) {
      this.shown = shown;
    }

    @Override
    public String toString() {
      return shown;
    }
  }

  private record Real(Path path, List<String> names) {}

  /**
   * @param configured absolute
   * @param hidden whether it is for the worker's own files: readable by jobs, never listed
   */
  Mounted(String label, Path configured, Origin origin, boolean hidden, Lane lane) {
    this.label = label;
    this.configured = configured.normalize();
    configuredNames = Names.split(this.configured.toString());
    this.origin = origin;
    this.hidden = hidden;
    this.lane = lane;
    real = new Real(this.configured, configuredNames);
  }

  String label() {
    return label;
  }

  Path configured() {
    return configured;
  }

  Origin origin() {
    return origin;
  }

  boolean hidden() {
    return hidden;
  }

  Lane lane() {
    return lane;
  }

  /** By its real path as it was seen last, with which the paths of all that is in it begin. */
  Mount mount() {
    return new Mount(label, real.path().toString());
  }

  /** Both names of it: the configured one, and the real one as far as it is known. */
  boolean is(List<String> names) {
    return names.equals(configuredNames) || names.equals(real.names());
  }

  /** The real path as it was seen last. */
  Path lastReal() {
    return real.path();
  }

  /** Looks where it really is now. Touches the disk: on its lane only. */
  Path real() throws IOException {
    Path now = configured.toRealPath();
    if (!now.equals(real.path())) {
      real = new Real(now, Names.split(now.toString()));
    }
    return now;
  }

  @Override
  public void close() {
    lane.close();
  }
}
