package org.peerworks.lib.slp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds out what the videos of a file are and which of them have their images inside. */
final class VideoReader {

  private static final Pattern DATASET = Pattern.compile("/?video([0-9]{1,9})/video");

  private final Hdf5Input input;
  private final MetadataReader metadata;
  private final boolean bgrUnlessTold;

  /**
   * @param formatId before 1.4 images do not tell their channel order, and came from OpenCV
   */
  VideoReader(Hdf5Input input, MetadataReader metadata, double formatId) {
    this.input = input;
    this.metadata = metadata;
    bgrUnlessTold = formatId < 1.4;
  }

  List<Video> videos() {
    List<Video> videos = new ArrayList<>();
    for (String json : input.strings("videos_json")) {
      videos.add(video(metadata.parse("a video", json)));
    }
    return videos;
  }

  private Video video(JsonNode json) {
    JsonNode backend = json.has("backend") ? json.path("backend") : json;
    JsonNode filename = backend.path("filename");
    String name = filename.isArray() ? filename.path(0).asText("") : filename.asText("");
    String dataset = backend.path("dataset").asText("");
    if (!name.equals(".") || !DATASET.matcher(dataset).matches()) {
      return new Video(name, Optional.empty(), grayscale(backend));
    }
    String path = dataset.startsWith("/") ? dataset.substring(1) : dataset;
    if (input.dataset(path).isEmpty()) {
      throw new DamageException("the images '" + path + "' are missing");
    }
    JsonNode source = sourceOf(path);
    String original = source.path("filename").asText("");
    return new Video(original, Optional.of(frames(path)), grayscale(source));
  }

  private static Optional<Boolean> grayscale(JsonNode backend) {
    JsonNode given = backend.path("grayscale");
    return given.isBoolean() ? Optional.of(given.booleanValue()) : Optional.empty();
  }

  private EmbeddedFrames frames(String path) {
    String named = input.attribute(path, "format").map(Object::toString).orElse("hdf5");
    ImageFormat format =
        ImageFormat.of(named)
            .orElseThrow(
                () ->
                    new DamageException(
                        "images are stored as '" + named + "'; only png, jpg and hdf5 are known"));
    List<Integer> numbers =
        input.integers(path.substring(0, path.lastIndexOf('/')) + "/frame_numbers");
    boolean bgr =
        input
            .attribute(path, "channel_order")
            .map(Object::toString)
            .map("BGR"::equalsIgnoreCase)
            .orElse(bgrUnlessTold && format != ImageFormat.HDF5);
    return new EmbeddedFrames(
        path,
        format,
        side(path, "height"),
        side(path, "width"),
        side(path, "channels"),
        bgr,
        numbers);
  }

  private int side(String path, String name) {
    long value =
        input
            .attribute(path, name)
            .filter(Number.class::isInstance)
            .map(number -> ((Number) number).longValue())
            .orElse(0L);
    if (value < 0 || value > 1 << 20) {
      throw new DamageException("images of '" + path + "' have the " + name + " " + value);
    }
    return (int) value;
  }

  /** What the file says of the video that embedded images came from. */
  private JsonNode sourceOf(String path) {
    String group = path.substring(0, path.lastIndexOf('/')) + "/source_video";
    return input
        .attribute(group, "json")
        .map(json -> metadata.parse("a source video", json.toString()))
        .map(json -> json.path("backend"))
        .orElse(MissingNode.getInstance());
  }

  /** Whether a dataset of that name holds embedded images. */
  static boolean isImages(String path) {
    return DATASET.matcher(path).matches();
  }

  /** The N of an embedded video's group {@code videoN}. */
  static OptionalInt groupNumber(Video video) {
    if (video.embedded().isEmpty()) {
      return OptionalInt.empty();
    }
    Matcher matcher = DATASET.matcher(video.embedded().get().dataset());
    return matcher.matches()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }
}
