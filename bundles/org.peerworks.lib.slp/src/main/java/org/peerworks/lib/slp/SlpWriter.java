package org.peerworks.lib.slp;

import hdf.hdf5lib.exceptions.HDF5Exception;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes SLEAP label files (SLEAP .slp format 1.2, which SLEAP 1.3 and later open).
 *
 * <p>A file appears under its name only when it is complete; a file of that name is replaced.
 * Thread-safe, but writes are one after the other: HDF5 knows no better. Needs the native HDF5
 * library, so Linux on x86-64.
 */
public final class SlpWriter {

  private static final double FORMAT_ID = 1.2;
  private static final String TRACKS = "tracks_json";

  private SlpWriter() {}

  /**
   * Writes a new file.
   *
   * @param images asked for each frame number of each embedded video, twice
   * @throws IOException if the file cannot be written, or an image cannot be had
   */
  public static void write(Path file, Labels labels, ImageSource images) throws IOException {
    replace(
        file,
        output -> {
          MetadataWriter json = new MetadataWriter();
          output.group("metadata");
          output.attribute("metadata", "format_id", FORMAT_ID);
          output.attribute("metadata", "json", json.metadata(labels.skeletons()));
          output.strings("videos_json", labels.videos().stream().map(json::video).toList());
          output.strings(TRACKS, labels.tracks().stream().map(json::track).toList());
          output.strings(
              "suggestions_json", labels.suggestions().stream().map(json::suggestion).toList());
          new FrameWriter(labels.frames()).write(output);
          for (int i = 0; i < labels.videos().size(); i++) {
            embed(output, json, labels.videos().get(i), i, images);
          }
        });
  }

  /**
   * Writes what was found in a file: everything in the file is kept as it is (skeletons, videos
   * with their embedded images, tracks, suggestions and whatever else there is), but for the
   * labelled frames, which are replaced.
   *
   * @param input a file that {@link SlpFile} has read
   * @param frames with video, skeleton and track indexes of the input
   * @throws IOException if the input is damaged or the output cannot be written
   */
  public static void writePredictions(Path input, Path output, List<LabeledFrame> frames)
      throws IOException {
    writePredictions(input, output, Optional.empty(), frames);
  }

  /**
   * The same with other tracks than those of the input.
   *
   * @param tracks all that the frames refer to
   */
  public static void writePredictions(
      Path input, Path output, List<Track> tracks, List<LabeledFrame> frames) throws IOException {
    writePredictions(input, output, Optional.of(tracks), frames);
  }

  private static void writePredictions(
      Path input, Path output, Optional<List<Track>> tracks, List<LabeledFrame> frames)
      throws IOException {
    try (SlpFile file = SlpFile.open(input)) {
      double formatId = Math.max(FORMAT_ID, file.formatId());
      List<String> replaced = new ArrayList<>(FrameWriter.TABLES);
      tracks.ifPresent(all -> replaced.add(TRACKS));
      replace(
          output,
          target -> {
            file.copyTo(target, replaced);
            target.attribute("metadata", "format_id", formatId);
            if (tracks.isPresent()) {
              MetadataWriter json = new MetadataWriter();
              target.strings(TRACKS, tracks.get().stream().map(json::track).toList());
            }
            new FrameWriter(frames).write(target);
          });
    }
  }

  /**
   * Copies a file with other video paths; everything else is kept as it is.
   *
   * @param input stays open
   * @param output replaced if it exists
   * @param paths new path by old one; others stay as they are
   * @return how many videos have another path now
   * @throws IOException if the input is damaged or the output cannot be written
   */
  public static int writeVideoPaths(SlpFile input, Path output, Map<String, String> paths)
      throws IOException {
    List<String> written = new ArrayList<>();
    int changed = 0;
    for (String json : input.videosJson()) {
      Optional<String> other = input.withPaths(json, paths);
      changed += other.isPresent() ? 1 : 0;
      written.add(other.orElse(json));
    }
    replace(
        output,
        target -> {
          input.copyTo(target, List.of(VideoFiles.TABLE));
          target.strings(VideoFiles.TABLE, written);
        });
    return changed;
  }

  private static void embed(
      Hdf5Output output, MetadataWriter json, Video video, int index, ImageSource images)
      throws IOException {
    Optional<EmbeddedFrames> embedded = video.embedded();
    if (embedded.isEmpty()) {
      return;
    }
    EmbeddedFrames frames = embedded.get();
    String group = frames.dataset().substring(0, frames.dataset().lastIndexOf('/'));
    output.group(group);
    output.images(
        frames.dataset(),
        frames.frameNumbers().size(),
        row -> images.image(index, frames.frameNumbers().get(row)));
    output.text(frames.dataset(), "format", frames.format().attribute());
    output.attribute(frames.dataset(), "height", frames.height());
    output.attribute(frames.dataset(), "width", frames.width());
    output.attribute(frames.dataset(), "channels", frames.channels());
    output.text(frames.dataset(), "channel_order", frames.bgr() ? "BGR" : "RGB");
    output.integers(group + "/frame_numbers", frames.frameNumbers());
    output.group(group + "/source_video");
    output.text(group + "/source_video", "json", json.source(video));
  }

  private interface Content {
    void write(Hdf5Output output) throws IOException;
  }

  private static void replace(Path file, Content content) throws IOException {
    Hdf5Library.load();
    Path absolute = file.toAbsolutePath();
    // Created by HDF5, with the rights that the user's other files get.
    Path partial =
        absolute.resolveSibling("." + absolute.getFileName() + "." + UUID.randomUUID() + ".part");
    try {
      try (Hdf5Output output = new Hdf5Output(partial)) {
        content.write(output);
      }
      Files.move(
          partial, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (HDF5Exception e) {
      throw new SlpException(
          "Cannot write '%s': %s. Check the disk, and the file that it is made from."
              .formatted(file, e.getMessage()),
          e);
    } finally {
      Files.deleteIfExists(partial);
    }
  }
}
