package org.peerworks.cli.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.terminal.Console;
import org.peerworks.cli.terminal.Units;
import org.peerworks.lib.files.FileNames;

/**
 * The videos that go with labels whose images are not inside. They must lie beside the labels at
 * the worker, under the names that the labels give them: that is where trainers look for a video
 * whose stored path is one of another computer.
 */
public final class Videos {

  private static final String[] ENDINGS = {
    ".mp4", ".avi", ".mov", ".mkv", ".mj2", ".m4v", ".webm", ".mpg", ".mpeg", ".wmv"
  };

  private static final String OTHERWISE =
      " Or save the labels with their images in SLEAP (.pkg.slp),"
          + " or give --no-videos if the worker has them at the same path.";

  private final Path labels;
  private final Map<String, Path> files = new LinkedHashMap<>();

  private Videos(Path labels) {
    this.labels = labels;
  }

  /**
   * Finds the videos that are needed, and says what goes along.
   *
   * @return files by the names that they must have at the worker
   * @throws CommandFailure naming a video that is missing, or cannot be sent
   */
  public static Map<String, Path> find(
      Path labels,
      LabelsReader.Labels content,
      Predicate<LabelsReader.Video> needed,
      Console console)
      throws IOException {
    Videos videos = new Videos(labels);
    content.videos().stream().filter(needed).forEach(video -> videos.add(video.path()));
    for (Map.Entry<String, Path> video : videos.files.entrySet()) {
      console.say(
          "The video '%s' goes along: %s."
              .formatted(video.getKey(), Units.bytes(Files.size(video.getValue()))));
    }
    return videos.files;
  }

  private void add(String stored) {
    String name = stored.substring(Math.max(stored.lastIndexOf('/'), stored.lastIndexOf('\\')) + 1);
    // Labels may come from anybody: nothing but videos is sent because they say so.
    if (!isVideo(name)) {
      throw refused(
          stored, "is no video that can be sent. Its name has to end in " + endings() + ".");
    }
    try {
      FileNames.requirePlain(name);
    } catch (IllegalArgumentException e) {
      throw refused(stored, "cannot be sent under its name. " + e.getMessage());
    }
    Path file = locate(stored, name);
    Path other = files.putIfAbsent(name, file);
    if (other != null && !other.equals(file)) {
      throw refused(
          stored, "cannot be sent, because '" + other + "' has the same name. Rename one.");
    }
  }

  private Path locate(String stored, String name) {
    Path folder = labels.toAbsolutePath().getParent();
    try {
      for (Path place : new Path[] {folder.resolve(stored), folder.resolve(name)}) {
        if (Files.isRegularFile(place) && Files.isReadable(place)) {
          return place.normalize();
        }
      }
    } catch (InvalidPathException e) {
      throw refused(stored, "has a path that cannot be: " + e.getReason() + ".");
    }
    throw refused(
        stored,
        "is neither there nor beside the labels. Put '" + name + "' into '" + folder + "'.");
  }

  private CommandFailure refused(String stored, String why) {
    return CommandFailure.usage(
        "The video '" + stored + "' of '" + labels.getFileName() + "' " + why + OTHERWISE);
  }

  private static boolean isVideo(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (String ending : ENDINGS) {
      if (lower.endsWith(ending)) {
        return true;
      }
    }
    return false;
  }

  private static String endings() {
    return String.join(", ", ENDINGS);
  }
}
