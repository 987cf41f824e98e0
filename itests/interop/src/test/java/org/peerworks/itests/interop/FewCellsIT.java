package org.peerworks.itests.interop;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peerworks.itests.distribution.Lab;

/** A few cells of the {@link MatrixIT}, in every run of the tests. */
class FewCellsIT {

  @TempDir static Path directory;

  private static Scene scene;

  @BeforeAll
  static void open() throws Exception {
    scene = new Scene(new Stage(true, new Lab(directory)));
  }

  @AfterAll
  static void close() throws Exception {
    scene.close();
  }

  @ParameterizedTest
  @CsvSource({
    "OURS, G1,   TRAIN",
    "OURS, G1,   CANCEL",
    "OURS, G1,   DISCONNECT",
    "OURS, G2,   TRACK",
    "OURS, G3,   TRAIN",
    "G1,   OURS, TRAIN",
    "G3,   OURS, TRACK",
  })
  void aCellIsGreen(Side worker, Side client, Deed deed) throws Exception {
    scene.play(new Cell(true, worker, client, deed));
  }
}
