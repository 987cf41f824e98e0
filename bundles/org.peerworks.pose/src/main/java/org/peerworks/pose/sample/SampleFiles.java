package org.peerworks.pose.sample;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.peerworks.lib.slp.EmbeddedFrames;
import org.peerworks.lib.slp.ImageFormat;
import org.peerworks.lib.slp.Instance;
import org.peerworks.lib.slp.LabeledFrame;
import org.peerworks.lib.slp.Labels;
import org.peerworks.lib.slp.Point;
import org.peerworks.lib.slp.SlpWriter;
import org.peerworks.lib.slp.Suggestion;
import org.peerworks.lib.slp.Video;

/**
 * Makes a film of an animal and divides it: labelled frames to train on, and held-out frames whose
 * labels nobody sees. The same seed makes the same files.
 */
final class SampleFiles {

  private static final String LABELS = "train.pkg.slp";
  private static final String CONFIG = "single_instance.yaml";
  private static final String SCRIPT = "train-script.sh";

  private final Path directory;
  private final int size;
  private final List<byte[]> images = new ArrayList<>();
  private final List<List<Point>> points = new ArrayList<>();
  private final List<Integer> training = new ArrayList<>();
  private final List<Integer> heldOut = new ArrayList<>();

  SampleFiles(Path directory, int frames, int heldOutFrames, int seed, int size)
      throws IOException {
    this.directory = directory;
    this.size = size;
    SplittableRandom random = new SplittableRandom(seed);
    film(frames + heldOutFrames, random);
    Set<Integer> chosen = new TreeSet<>();
    while (chosen.size() < heldOutFrames) {
      chosen.add(random.nextInt(frames + heldOutFrames));
    }
    for (int i = 0; i < frames + heldOutFrames; i++) {
      (chosen.contains(i) ? heldOut : training).add(i);
    }
  }

  private void film(int length, SplittableRandom random) throws IOException {
    Arena arena = new Arena(size, random);
    Animal animal = Animal.somewhere(size, random);
    for (int i = 0; i < length; i++) {
      images.add(png(arena.draw(animal)));
      points.add(
          animal.points().stream()
              .map(point -> arena.hides(point) ? Point.MISSING : point)
              .toList());
      animal = animal.moved(size, random);
    }
  }

  private static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.setUseCache(false);
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }

  /** Labels, configuration and script, as a client sends them. */
  Path packageZip() {
    return directory.resolve("train.zip");
  }

  Path data() {
    return directory.resolve("heldout.pkg.slp");
  }

  Path truth() {
    return directory.resolve("truth.json");
  }

  void write() throws IOException {
    Files.createDirectories(directory);
    SlpWriter.write(directory.resolve(LABELS), labels(), (video, frame) -> images.get(frame));
    for (String name : List.of(CONFIG, SCRIPT)) {
      try (InputStream in = SampleFiles.class.getResourceAsStream(name)) {
        Files.writeString(
            directory.resolve(name), new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    zip();
    SlpWriter.write(data(), suggestions(), (video, frame) -> images.get(frame));
    List<Truth.Frame> frames =
        heldOut.stream().map(frame -> new Truth.Frame(0, frame, points.get(frame))).toList();
    new Truth(Animal.SKELETON.nodeNames(), frames).write(truth());
  }

  private void zip() throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(packageZip()))) {
      for (String name : List.of(LABELS, CONFIG, SCRIPT)) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0);
        zip.putNextEntry(entry);
        Files.copy(directory.resolve(name), zip);
        zip.closeEntry();
      }
    }
  }

  private Labels labels() {
    List<LabeledFrame> frames =
        training.stream()
            .map(
                frame ->
                    new LabeledFrame(
                        0, frame, List.of(new Instance(0, points.get(frame))), List.of()))
            .toList();
    return new Labels(
        List.of(Animal.SKELETON), List.of(video(training)), List.of(), frames, List.of());
  }

  private Labels suggestions() {
    List<Suggestion> suggestions =
        heldOut.stream().map(frame -> new Suggestion(0, frame, 0)).toList();
    return new Labels(
        List.of(Animal.SKELETON), List.of(video(heldOut)), List.of(), List.of(), suggestions);
  }

  private Video video(List<Integer> frames) {
    return new Video(
        "arena.mp4",
        Optional.of(
            new EmbeddedFrames("video0/video", ImageFormat.PNG, size, size, 1, false, frames)));
  }
}
