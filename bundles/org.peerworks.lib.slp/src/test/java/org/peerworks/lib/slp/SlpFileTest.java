package org.peerworks.lib.slp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlpFileTest {

  @TempDir Path directory;

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    Path file = Samples.write(directory.resolve("labels.slp"));

    try (SlpFile slp = SlpFile.open(file)) {
      // A video on disk and the source of embedded images alike are told by their file name.
      assertThat(slp.labels()).isEqualTo(Samples.labels());
    }
  }

  @Test
  void oneImageIsReadAtATime() throws IOException {
    Path file = Samples.write(directory.resolve("labels.slp"));

    try (SlpFile slp = SlpFile.open(file)) {
      Video video = slp.labels().videos().get(0);
      assertThat(slp.image(video, 42).orElseThrow().data()).isEqualTo(Samples.png(42));
      assertThat(slp.image(video, 5).orElseThrow().data()).isEqualTo(Samples.png(5));
      assertThat(slp.image(video, 6)).isEmpty();
      assertThat(slp.image(slp.labels().videos().get(1), 5)).isEmpty();
    }
  }

  @Test
  void theSummaryCountsWhatPeopleLabelled() throws IOException {
    Path file = Samples.write(directory.resolve("labels.slp"));

    try (SlpFile slp = SlpFile.open(file)) {
      SlpSummary summary = slp.summary();
      assertThat(summary).isEqualTo(new SlpSummary(2, 2, List.of("nose", "tail", "ear"), 2, 2, 1));
      assertThat(summary.imagesEmbedded()).isFalse();
    }
  }

  @Test
  void aFileWithoutAnythingIsEmptyRatherThanBroken() throws IOException {
    Path file = directory.resolve("empty.slp");
    Labels nothing = new Labels(List.of(), List.of(), List.of(), List.of(), List.of());
    SlpWriter.write(file, nothing, (video, frame) -> new byte[0]);

    try (SlpFile slp = SlpFile.open(file)) {
      assertThat(slp.labels()).isEqualTo(nothing);
      assertThat(slp.summary()).isEqualTo(new SlpSummary(0, 0, List.of(), 0, 0, 0));
      assertThat(slp.summary().imagesEmbedded()).isFalse();
    }
  }

  @Test
  void manyRowsSpanSeveralChunks() throws IOException {
    Path file = directory.resolve("large.slp");
    List<LabeledFrame> frames = Samples.frames(10_000);
    Labels labels =
        new Labels(
            List.of(Samples.SKELETON), Samples.labels().videos(), List.of(), frames, List.of());
    SlpWriter.write(file, labels, (video, frame) -> Samples.png(frame));

    try (SlpFile slp = SlpFile.open(file)) {
      assertThat(slp.labels().frames()).isEqualTo(frames);
    }
  }

  @Test
  void metadataMayBeLargerThanAnOldAttribute() throws IOException {
    List<Node> nodes =
        java.util.stream.IntStream.range(0, 3000)
            .mapToObj(i -> new Node("body part number " + i, 1))
            .toList();
    Labels labels =
        new Labels(
            List.of(new Skeleton("large", nodes, List.of(), List.of())),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    Path file = directory.resolve("large.slp");
    SlpWriter.write(file, labels, (video, frame) -> new byte[0]);

    try (SlpFile slp = SlpFile.open(file)) {
      assertThat(slp.labels()).isEqualTo(labels);
    }
  }

  @Test
  void predictionsReplaceTheFramesAndKeepTheRest() throws IOException {
    Path input = Samples.write(directory.resolve("labels.slp"));
    Path output = directory.resolve("labels.predictions.slp");
    PredictedInstance found = Samples.labels().frames().get(2).predicted().get(0);
    List<LabeledFrame> frames = List.of(new LabeledFrame(0, 42, List.of(), List.of(found)));

    SlpWriter.writePredictions(input, output, frames);

    Labels before = Samples.labels();
    try (SlpFile slp = SlpFile.open(output)) {
      Labels after = slp.labels();
      assertThat(after)
          .isEqualTo(
              new Labels(
                  before.skeletons(),
                  before.videos(),
                  before.tracks(),
                  frames,
                  before.suggestions()));
      assertThat(slp.image(after.videos().get(0), 10).orElseThrow().data())
          .isEqualTo(Samples.png(10));
    }
  }

  @Test
  void whatElseIsInAFileIsKept() throws IOException {
    Path input = directory.resolve("input.slp");
    Hdf5Library.load();
    try (Hdf5Output output = new Hdf5Output(input)) {
      output.group("metadata");
      output.attribute("metadata", "format_id", 1.9);
      output.attribute("metadata", "json", new MetadataWriter().metadata(List.of()));
      output.group("rois");
      output.text("rois", "made by", "somebody — else");
      output.strings("rois/names", List.of("a", "longer"));
      output.integers("rois/numbers", List.of(1, -2, 3));
      output.lists("rois/shapes", List.of(new byte[] {1, 2}, new byte[0], new byte[] {-1}));
      output.table("rois/points", RowType.POINT, 2, new byte[2 * RowType.POINT.size()]);
    }
    Path output = directory.resolve("output.slp");

    SlpWriter.writePredictions(input, output, List.of());

    try (Hdf5Input kept = new Hdf5Input(output)) {
      assertThat(kept.attribute("metadata", "format_id")).contains(1.9);
      assertThat(kept.attribute("rois", "made by")).contains("somebody — else");
      assertThat(kept.strings("rois/names")).containsExactly("a", "longer");
      assertThat(kept.integers("rois/numbers")).containsExactly(1, -2, 3);
      assertThat(kept.row(kept.dataset("rois/shapes").orElseThrow(), 2)).containsExactly(-1);
      assertThat(kept.row(kept.dataset("rois/shapes").orElseThrow(), 1)).isEmpty();
      assertThat(kept.table("rois/points").rows()).isEqualTo(2);
    }
  }

  @Test
  void predictionsMayReplaceTheFileThatTheyWereMadeFrom() throws IOException {
    Path file = Samples.write(directory.resolve("labels.slp"));

    SlpWriter.writePredictions(file, file, List.of());

    try (SlpFile slp = SlpFile.open(file)) {
      assertThat(slp.labels().frames()).isEmpty();
      assertThat(slp.labels().suggestions()).hasSize(2);
    }
    assertThat(Files.list(directory)).containsExactly(file);
  }

  @Test
  void aFileThatFailsToBeWrittenLeavesNothing() {
    Path file = directory.resolve("labels.slp");

    assertThatThrownBy(
            () ->
                SlpWriter.write(
                    file,
                    Samples.labels(),
                    (video, frame) -> {
                      throw new IOException("no image " + frame);
                    }))
        .hasMessage("no image 0");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> SlpFile.open(directory.resolve("none.slp")))
        .isInstanceOf(SlpException.class)
        .hasMessageContaining("none.slp");
  }

  @Test
  void otherHdf5FilesAreRefused() throws IOException {
    Path file = directory.resolve("other.slp");
    Hdf5Library.load();
    try (Hdf5Output output = new Hdf5Output(file)) {
      output.strings("something", List.of("else"));
    }

    try (SlpFile slp = SlpFile.open(file)) {
      assertThatThrownBy(slp::labels)
          .isInstanceOf(SlpException.class)
          .hasMessageContaining("without SLEAP's metadata");
    }
  }

  @Test
  void theLinkToTheCorrectedPredictionIsKept() throws IOException {
    Path file = Samples.write(directory.resolve("labels.slp"));

    try (SlpFile slp = SlpFile.open(file)) {
      LabeledFrame frame = slp.labels().frames().get(0);
      assertThat(frame.instances().get(0).fromPredicted())
          .isEqualTo(Optional.of(frame.predicted().get(0)));
    }
  }
}
