package org.peerworks.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.cli.train.LabelsReader;
import org.peerworks.lib.slp.Instance;
import org.peerworks.lib.slp.LabeledFrame;
import org.peerworks.lib.slp.Labels;
import org.peerworks.lib.slp.Node;
import org.peerworks.lib.slp.Point;
import org.peerworks.lib.slp.Skeleton;
import org.peerworks.lib.slp.SlpWriter;
import org.peerworks.lib.slp.Suggestion;
import org.peerworks.lib.slp.Video;

final class SlpLabelsReaderTest {

  private static final Instance ANIMAL = new Instance(0, List.of(new Point(1, 2, true, true)));

  @TempDir Path here;

  @Test
  void animalsAreCountedAndImagesLookedFor() throws IOException {
    Path slp = here.resolve("labels.slp");
    SlpWriter.write(
        slp,
        new Labels(
            List.of(new Skeleton("fly", List.of(new Node("nose", 1)), List.of(), List.of())),
            List.of(
                new Video("arena.mp4", Optional.empty()), new Video("C:\\b.mp4", Optional.empty())),
            List.of(),
            List.of(
                new LabeledFrame(0, 1, List.of(ANIMAL), List.of()),
                new LabeledFrame(0, 2, List.of(ANIMAL, ANIMAL), List.of())),
            List.of(new Suggestion(1, 7, 0))),
        (video, frame) -> new byte[0]);

    assertThat(new SlpLabelsReader().read(slp))
        .isEqualTo(
            new LabelsReader.Labels(
                2,
                2,
                1,
                false,
                List.of(
                    new LabelsReader.Video(0, "arena.mp4", true, false),
                    new LabelsReader.Video(1, "C:\\b.mp4", false, true))));
  }

  @Test
  void aDamagedFileIsNamed() throws IOException {
    Path slp = Files.write(here.resolve("damaged.slp"), new byte[] {(byte) 0x89, 'H', 'D', 'F'});

    assertThatThrownBy(() -> new SlpLabelsReader().read(slp))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("damaged.slp");
  }
}
