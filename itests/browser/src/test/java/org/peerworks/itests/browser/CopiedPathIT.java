package org.peerworks.itests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.itests.distribution.Running;

/** From the page to a trained model. */
class CopiedPathIT {

  @TempDir Path directory;

  private BrowseLab lab;
  private Path sample;

  @BeforeEach
  void startAll() throws Exception {
    lab = new BrowseLab(directory);
    sample = lab.storage().lab().resolve("sample");
    String[] words = {
      "sample", "--out", sample.toString(), "--frames", "4", "--heldout", "2", "--size", "64"
    };
    Running made = lab.lab().builtInTrainer(words);
    assertThat(made.exit()).as(made.transcript()).isZero();
  }

  @AfterEach
  void closeAll() {
    if (lab != null) {
      lab.close();
    }
  }

  @Test
  void aPathThatIsCopiedInThePageTrains() throws Exception {
    FilesPage page = lab.open();
    page.open("sample");
    String labels = copied(page, "train.pkg.slp");
    String config = copied(page, "single_instance.yaml");
    assertThat(labels).isEqualTo(sample.resolve("train.pkg.slp").toString());

    Running training =
        lab.lab()
            .client(
                "train",
                "--session_string",
                lab.session(),
                "--labels",
                labels,
                "--config",
                config,
                "--max-epochs",
                "1",
                "--no-infer");

    assertThat(training.exit()).as(training.transcript()).isZero();
    assertThat(models()).as(training.transcript()).isNotEmpty();
  }

  private String copied(FilesPage page, String name) {
    page.copy(name);
    page.until(() -> lab.chromium().clipboard().endsWith(name));
    return lab.chromium().clipboard();
  }

  private Stream<Path> models() throws IOException {
    return Files.list(sample.resolve("models"));
  }
}
