package org.peerworks.itests.interop;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.peerworks.itests.distribution.Lab;

/** Every side against every generation; {@code ./verify interop} prints the table. */
@Tag("interop")
class MatrixIT {

  private static final Path PRINTED = Path.of("target/interop-matrix.txt");

  @TempDir static Path directory;

  private static final Table table = new Table();
  private static final Map<Servers, Scene> scenes = new EnumMap<>(Servers.class);

  private enum Servers {
    OURS,
    PYTHON
  }

  @BeforeAll
  static void open() throws Exception {
    Lab first = new Lab(directory.resolve("ours"));
    scenes.put(Servers.OURS, new Scene(new Stage(true, first)));
    scenes.put(
        Servers.PYTHON, new Scene(new Stage(false, new Lab(directory.resolve("python"), first))));
  }

  @AfterAll
  static void printAndClose() throws Exception {
    Files.createDirectories(PRINTED.getParent());
    Files.writeString(PRINTED, table.toString());
    for (Scene scene : scenes.values()) {
      scene.close();
    }
  }

  static List<Cell> cells() {
    Pattern wanted = Pattern.compile(System.getProperty("interop.cells", ""));
    return Cell.all().stream().filter(cell -> wanted.matcher(cell.toString()).find()).toList();
  }

  @ParameterizedTest
  @MethodSource("cells")
  void aCellIsGreen(Cell cell) throws Exception {
    long started = System.nanoTime();
    table.put(cell, "RED");
    scenes.get(cell.ourServer() ? Servers.OURS : Servers.PYTHON).play(cell);
    table.put(cell, "%.1f s".formatted((System.nanoTime() - started) / 1e9));
  }
}
