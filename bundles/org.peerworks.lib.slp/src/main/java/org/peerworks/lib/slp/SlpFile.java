package org.peerworks.lib.slp;

import com.fasterxml.jackson.databind.JsonNode;
import io.jhdf.dataset.DatasetBase;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * A SLEAP label file, open for reading (SLEAP .slp format 1.0 to 1.4; HDF5).
 *
 * <p>The file may come from anybody: damaged or hostile content ends in a {@link SlpException}, and
 * nothing is allocated that the file is too short to hold. Thread-safe.
 */
public final class SlpFile implements AutoCloseable {

  private final Path path;
  private final Hdf5Input input;
  private final MetadataReader metadata = new MetadataReader();
  private final Map<String, Map<Integer, Integer>> imageRows = new HashMap<>();

  private final ReadingThread reading;

  private SlpFile(Path path, SlpLimits limits, Callable<Hdf5Input> opening) throws IOException {
    this.path = path;
    reading = new ReadingThread("slp-read " + path.getFileName(), limits.maxTime());
    try {
      input = guarded(opening);
    } catch (SlpException e) {
      reading.close();
      throw e;
    }
  }

  /**
   * Opens a file, with the limits that this process has.
   *
   * @throws SlpException if it is no HDF5 file, or damaged
   * @throws IOException if there is no such file, or it cannot be read
   */
  public static SlpFile open(Path path) throws IOException {
    return open(path, SlpLimits.configured());
  }

  /** The same with limits of the caller's. */
  public static SlpFile open(Path path, SlpLimits limits) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new SlpException("There is no file '" + path + "'. A .slp file was wanted.");
    }
    requireLength(path, Files.size(path), limits);
    return new SlpFile(path, limits, () -> new Hdf5Input(path));
  }

  /**
   * Reads a file that is open already, so that nobody can put another one in its place.
   *
   * @param channel closed with the file, also if this fails
   * @param path for messages
   */
  public static SlpFile open(FileChannel channel, Path path, SlpLimits limits) throws IOException {
    try {
      requireLength(path, channel.size(), limits);
      return new SlpFile(path, limits, () -> new Hdf5Input(channel));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static void requireLength(Path path, long length, SlpLimits limits) throws SlpException {
    if (length > limits.maxBytes()) {
      throw new SlpException(
          "'%s' is %d bytes long; at most %d are read. Save it without images, or in pieces."
              .formatted(path, length, limits.maxBytes()));
    }
  }

  /** Where the file is. */
  public Path path() {
    return path;
  }

  /** Reads all but the images. */
  public Labels labels() throws SlpException {
    return guarded(
        () -> {
          JsonNode json = metadata();
          List<Skeleton> skeletons = metadata.skeletons(json);
          List<Video> videos = new VideoReader(input, metadata, format()).videos();
          List<Track> tracks = input.strings("tracks_json").stream().map(metadata::track).toList();
          List<LabeledFrame> frames =
              new FrameReader(input, skeletons, videos, tracks.size(), format()).read();
          List<Suggestion> suggestions =
              input.strings("suggestions_json").stream()
                  .map(suggestion -> metadata.suggestion(suggestion, videos.size()))
                  .toList();
          return new Labels(skeletons, videos, tracks, frames, suggestions);
        });
  }

  /** Where the videos are, without reading anything else; the order is that of the labels. */
  public List<VideoFiles> videoFiles() throws SlpException {
    return guarded(
        () -> input.strings(VideoFiles.TABLE).stream().map(metadata::videoFiles).toList());
  }

  /** The table of videos as it is. */
  List<String> videosJson() throws SlpException {
    return guarded(() -> input.strings(VideoFiles.TABLE));
  }

  /** A row of that table with other paths; empty if none of its paths is to change. */
  Optional<String> withPaths(String json, Map<String, String> paths) throws SlpException {
    return translated(
        () -> {
          VideoPaths video = VideoPaths.of(metadata.parse("a video", json));
          return video.replace(paths) ? Optional.of(metadata.text(video.json())) : Optional.empty();
        });
  }

  /** Counts what is in the file without reading points or images. */
  public SlpSummary summary() throws SlpException {
    return guarded(
        () -> {
          List<Skeleton> skeletons = metadata.skeletons(metadata());
          List<Video> videos = new VideoReader(input, metadata, format()).videos();
          int[] perFrame = new UserInstances(input).perFrame();
          int labeled = 0;
          int most = 0;
          for (int count : perFrame) {
            labeled += count > 0 ? 1 : 0;
            most = Math.max(most, count);
          }
          return new SlpSummary(
              labeled,
              most,
              skeletons.isEmpty() ? List.of() : skeletons.get(0).nodeNames(),
              input.strings("suggestions_json").size(),
              videos.size(),
              (int) videos.stream().filter(video -> video.embedded().isPresent()).count());
        });
  }

  /**
   * Reads one image; no other is touched.
   *
   * @param video of this file, as {@link #labels()} returned it
   * @return empty if the image of that frame is not in the file
   */
  public Optional<EmbeddedImage> image(Video video, int frameIndex) throws SlpException {
    if (video.embedded().isEmpty()) {
      return Optional.empty();
    }
    EmbeddedFrames frames = video.embedded().get();
    Integer row = rows(frames).get(frameIndex);
    if (row == null) {
      return Optional.empty();
    }
    return guarded(
        () -> {
          DatasetBase images =
              input
                  .dataset(frames.dataset())
                  .orElseThrow(
                      () -> new DamageException("no images in '" + frames.dataset() + "'"));
          byte[] data = input.row(images, row);
          return Optional.of(
              new EmbeddedImage(
                  frames,
                  frameIndex,
                  frames.format() == ImageFormat.HDF5 ? data : withoutPadding(data)));
        });
  }

  /** Encoded images never end with a zero; rows of equal length do. */
  private static byte[] withoutPadding(byte[] data) {
    int length = data.length;
    while (length > 0 && data[length - 1] == 0) {
      length--;
    }
    return length == data.length ? data : Arrays.copyOf(data, length);
  }

  /** Copies everything but some objects of the root. */
  void copyTo(Hdf5Output output, List<String> except) throws SlpException {
    guarded(
        () -> {
          input.walk();
          return null;
        });
    // On the caller's thread: nobody may give up while the native library writes.
    translated(
        () -> {
          output.copyFrom(input, except);
          return null;
        });
  }

  private Map<Integer, Integer> rows(EmbeddedFrames frames) {
    synchronized (imageRows) {
      return imageRows.computeIfAbsent(
          frames.dataset(),
          dataset -> {
            Map<Integer, Integer> rows = new HashMap<>();
            for (int i = 0; i < frames.frameNumbers().size(); i++) {
              rows.put(frames.frameNumbers().get(i), i);
            }
            return rows;
          });
    }
  }

  private JsonNode metadata() {
    String json =
        input
            .attribute("metadata", "json")
            .map(Object::toString)
            .orElseThrow(() -> new DamageException("it is an HDF5 file without SLEAP's metadata"));
    return metadata.parse("the metadata", json);
  }

  /** The format of the file, asked from outside. */
  double formatId() throws SlpException {
    return guarded(this::format);
  }

  private double format() {
    return input
        .attribute("metadata", "format_id")
        .filter(Number.class::isInstance)
        .map(number -> ((Number) number).doubleValue())
        .orElse(1.0);
  }

  /**
   * Reads with a deadline, and turns whatever a damaged file makes the HDF5 reader throw into one
   * exception that names the file.
   */
  private <T> T guarded(Callable<T> work) throws SlpException {
    return translated(() -> reading.run(work));
  }

  private <T> T translated(Callable<T> work) throws SlpException {
    try {
      return work.call();
    } catch (SlpException e) {
      throw e;
    } catch (FileSystemException e) {
      throw new SlpException("Cannot read '%s': %s.".formatted(path, ofSystem(e)), e);
    } catch (Exception | StackOverflowError | OutOfMemoryError | InternalError e) {
      throw new SlpException(
          "'%s' is cut off or damaged: %s. Save it again, or send it again."
              .formatted(path, reason(e)),
          e);
    }
  }

  private static String ofSystem(FileSystemException error) {
    if (error instanceof AccessDeniedException) {
      return "access is denied";
    }
    return error.getReason() == null ? "the system refuses it" : error.getReason();
  }

  /** In our words; those of Java and of the HDF5 reader are for the log only. */
  private static String reason(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof DamageException known) {
        return known.getMessage();
      }
      if (cause instanceof OutOfMemoryError) {
        return "it claims to hold more than the memory can";
      }
    }
    return error instanceof HdfException && error.getMessage().contains("signature")
        ? "it does not begin as an HDF5 file does"
        : "parts of its HDF5 structure are missing or make no sense";
  }

  @Override
  public void close() {
    reading.close();
    input.close();
  }
}
