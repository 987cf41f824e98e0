package org.peerworks.doctor.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a worker keeps free on its disk: the defaults, and what is configured over them. */
final class Reserves {

  /**
   * One key of a configuration.
   *
   * @param bytes that are to stay free
   * @param refused what the worker refuses with less
   * @param file where the administrator sets it
   */
  record Reserve(long bytes, String refused, String key, Path file) {}

  private static final long MIB = 1L << 20;

  private Reserves() {}

  /**
   * @return none on a client's installation, which takes nothing from others
   * @throws IOException if a file cannot be read
   */
  static List<Reserve> of(Path home, Path data) throws IOException {
    List<Reserve> reserves = new ArrayList<>();
    if (!Files.exists(home.resolve("features/worker.json"))) {
      return reserves;
    }
    Source source = new Source(home, data);
    reserves.add(source.reserve("job.engine", "diskReserveBytes", 1, 1L << 30, "jobs are"));
    reserves.add(source.reserve("job.train", "reserveBytes", 1, 1L << 30, "training packages are"));
    reserves.add(source.reserve("job.track", "reserveBytes", 1, 1L << 30, "tracking packages are"));
    reserves.add(
        source.reserve("protocol.peerworks", "diskReserveMegabytes", MIB, 2048, "uploads are"));
    reserves.add(
        source.reserve(
            "protocol.sleap",
            "diskReserveMegabytes",
            MIB,
            2048,
            "files of sleap-rtc's clients are"));
    return reserves;
  }

  private record Source(Path home, Path data) {

    Reserve reserve(String bundle, String key, long unit, long standard, String refused)
        throws IOException {
      ConfigFile config = ConfigFile.read(home, data, "org.peerworks." + bundle);
      long value = Math.max(0, config.number(key, standard));
      long bytes = value > Long.MAX_VALUE / unit ? Long.MAX_VALUE : value * unit;
      return new Reserve(bytes, refused + " refused", key, config.file());
    }
  }
}
