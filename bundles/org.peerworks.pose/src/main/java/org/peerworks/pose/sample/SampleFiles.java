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
 * Makes a film of animals and divides it: labelled frames to train on, and held-out frames whose
 * labels nobody sees. The same seed makes the same files.
 */
final class SampleFiles {

  private static final String LABELS = "train.pkg.slp";
  private static final String SCRIPT = "train-script.sh";

  private final Path directory;
  private final int size;
  private final List<byte[]> images = new ArrayList<>();

  /** For each frame the points of each animal. */
  private final List<List<List<Point>>> points = new ArrayList<>();

  private final List<Integer> training = new ArrayList<>();
  private final List<Integer> heldOut = new ArrayList<>();

  /** The models that are to be trained, by the names of their configurations. */
  private final List<String> models;

  /**
   * @param animals in each frame; more than one are trained for top-down
   * @param size of the arena in pixels
   */
  SampleFiles(Path directory, int frames, int heldOutFrames, int animals, int seed, int size)
      throws IOException {
    models = animals == 1 ? List.of("single_instance") : List.of("centroid", "centered_instance");
    this.directory = directory;
    this.size = size;
    SplittableRandom random = new SplittableRandom(seed);
    film(frames + heldOutFrames, animals, random);
    Set<Integer> chosen = new TreeSet<>();
    while (chosen.size() < heldOutFrames) {
      chosen.add(random.nextInt(frames + heldOutFrames));
    }
    for (int i = 0; i < frames + heldOutFrames; i++) {
      (chosen.contains(i) ? heldOut : training).add(i);
    }
  }

  private void film(int length, int count, SplittableRandom random) throws IOException {
    Arena arena = new Arena(size, random);
    List<Animal> animals = Animal.somewhere(count, size, random);
    for (int i = 0; i < length; i++) {
      images.add(png(arena.draw(animals)));
      points.add(animals.stream().map(animal -> seen(animal, arena)).toList());
      animals = Animal.allMoved(animals, size, random);
    }
  }

  private static List<Point> seen(Animal animal, Arena arena) {
    return animal.points().stream()
        .map(point -> arena.hides(point) ? Point.MISSING : point)
        .toList();
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
    StringBuilder script = new StringBuilder();
    for (String model : models) {
      Files.writeString(directory.resolve(model + ".yaml"), resource(model + ".yaml"));
      String command = resource(SCRIPT).replace("single_instance", model);
      script.append(script.isEmpty() ? command : command.substring(command.indexOf('\n')));
    }
    Files.writeString(directory.resolve(SCRIPT), script);
    zip();
    SlpWriter.write(data(), suggestions(), (video, frame) -> images.get(frame));
    List<Truth.Frame> frames =
        heldOut.stream()
            .flatMap(
                frame ->
                    points.get(frame).stream().map(animal -> new Truth.Frame(0, frame, animal)))
            .toList();
    new Truth(Animal.SKELETON.nodeNames(), frames).write(truth());
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = SampleFiles.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void zip() throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(packageZip()))) {
      List<String> names = new ArrayList<>(List.of(LABELS));
      models.forEach(model -> names.add(model + ".yaml"));
      names.add(SCRIPT);
      for (String name : names) {
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
            .map(frame -> new LabeledFrame(0, frame, instances(points.get(frame)), List.of()))
            .toList();
    return new Labels(
        List.of(Animal.SKELETON), List.of(video(training)), List.of(), frames, List.of());
  }

  private static List<Instance> instances(List<List<Point>> animals) {
    return animals.stream().map(animal -> new Instance(0, animal)).toList();
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
