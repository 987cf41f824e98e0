package org.peerworks.job.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreVersionTest {

  @TempDir Path directory;

  @Test
  void theNewestVersionIsThatOfTheNewestMigration() throws Exception {
    Path migrations = Path.of(Store.class.getResource("../migration/V1__jobs.sql").toURI());
    try (Stream<Path> files = Files.list(migrations.getParent())) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString())
                  .mapToInt(name -> Integer.parseInt(name.substring(1, name.indexOf("__"))))
                  .max())
          .hasValue(Integer.parseInt(Store.NEWEST));
    }
  }

  @Test
  void aStoreThatIsUpToDateIsOpenedWithoutAnotherMigration() throws Exception {
    Path file = directory.resolve("jobs.db");
    open(file);
    assertThat(history(file)).isEqualTo(Integer.parseInt(Store.NEWEST));
    open(file);
    assertThat(history(file)).isEqualTo(Integer.parseInt(Store.NEWEST));
  }

  @Test
  void aStoreWhoseMigrationDidNotSucceedIsLeftToFlyway() throws Exception {
    Path file = directory.resolve("jobs.db");
    open(file);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("UPDATE flyway_schema_history SET success = 0");
    }
    assertThatThrownBy(() -> open(file)).hasMessageContaining("cannot be opened");
  }

  private void open(Path file) throws Exception {
    Store.open(file, directory, number -> {}).close();
  }

  private static int history(Path file) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM flyway_schema_history")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
