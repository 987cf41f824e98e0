package org.peerworks.doctor.checks;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.peerworks.doctor.Check;
import org.peerworks.doctor.Finding;

/**
 * The job store: whether a worker could open it. It is read only, with the database library of the
 * installation, and only while no worker runs on it, for that one would be disturbed.
 */
final class StoreCheck implements Check {

  private static final String LIBRARY = "sqlite-jdbc-*.jar";

  private final Path home;
  private final Path data;

  StoreCheck(Path home, Path data) {
    this.home = home;
    this.data = data;
  }

  @Override
  public String name() {
    return "Job store";
  }

  @Override
  public Duration deadline() {
    return Duration.ofSeconds(60);
  }

  @Override
  public List<Finding> run() throws Exception {
    if (!Files.exists(home.resolve("features/worker.json"))) {
      return List.of(Finding.note("A client has none", ""));
    }
    Path file = data.resolve("store/peerworks.db");
    if (!Files.exists(file)) {
      return List.of(Finding.ok("There is none yet; the first start makes it"));
    }
    if (!Files.isReadable(file)) {
      return List.of(
          Finding.error(
              "'" + file + "' cannot be read by the user '" + System.getProperty("user.name") + "'",
              "Run this as the worker's user, or give the file to it."));
    }
    if (isInUse(data.resolve("store/lock"))) {
      return List.of(Finding.ok("A worker has it open"));
    }
    Optional<Path> library = library();
    if (library.isEmpty()) {
      return List.of(
          Finding.error(
              "No '" + LIBRARY + "' in '" + home.resolve("bundles") + "'",
              "Unpack the archive again."));
    }
    return List.of(examine(file, library.get()));
  }

  /** A shared lock: it tells a worker's exclusive one, and writes nothing. */
  private static boolean isInUse(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
      return lock == null;
    }
  }

  private Optional<Path> library() throws IOException {
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(home.resolve("bundles"), LIBRARY)) {
      for (Path jar : jars) {
        return Optional.of(jar);
      }
      return Optional.empty();
    }
  }

  private static Finding examine(Path file, Path library)
      throws IOException, ReflectiveOperationException {
    URL[] path = {library.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, StoreCheck.class.getClassLoader())) {
      Driver driver =
          (Driver)
              Class.forName("org.sqlite.JDBC", true, loader).getDeclaredConstructor().newInstance();
      try (Connection store = driver.connect(address(file), new Properties());
          Statement statement = store.createStatement()) {
        statement.execute("PRAGMA busy_timeout = 5000");
        try (ResultSet answer = statement.executeQuery("PRAGMA quick_check(1)")) {
          String said = answer.next() ? answer.getString(1) : "nothing";
          return said.equals("ok") ? Finding.ok("Whole") : damaged(file, said);
        }
      } catch (SQLException e) {
        return damaged(file, e.getMessage());
      }
    }
  }

  /** A store that was closed well has no log beside it, and is read without any trace. */
  private static String address(Path file) throws IOException {
    Path log = file.resolveSibling(file.getFileName() + "-wal");
    boolean closed = !Files.exists(log) || Files.size(log) == 0;
    URI uri = file.toAbsolutePath().toUri();
    return "jdbc:sqlite:file:" + uri.getRawPath() + "?mode=ro" + (closed ? "&immutable=1" : "");
  }

  /** What it says of the database as a whole tells nobody anything. */
  private static String first(String why) {
    return why.lines().filter(line -> !line.startsWith("***")).findFirst().orElse(why).strip();
  }

  private static Finding damaged(Path file, String why) {
    return Finding.error(
        "'" + file + "' cannot be used: " + first(why),
        "Move '"
            + file.getParent()
            + "' away, or put a copy of it there. Without it the worker forgets its jobs, but keeps"
            + " their files in 'jobs/unknown'.");
  }
}
