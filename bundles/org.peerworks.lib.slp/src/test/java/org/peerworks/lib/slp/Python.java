package org.peerworks.lib.slp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** What h5py finds in a file, and what our reader finds, in the same words. */
final class Python {

  /** Debian's, which finds the package python3-h5py. */
  private static final String PYTHON = "/usr/bin/python3";

  private static final JsonMapper mapper = new JsonMapper();

  private Python() {}

  static JsonNode read(Path file) throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        Path.of(PYTHON).toFile().canExecute() && run("-c", "import h5py").isEmpty(),
        "Wants Debian's python3-h5py");
    String script;
    try (var in = Python.class.getResourceAsStream("read_slp.py")) {
      script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    return mapper.readTree(run("-c", script, file.toString()));
  }

  private static String run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(PYTHON));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? output : "failed: " + output;
  }

  /** The same of our reader. */
  static JsonNode ours(Path file) throws IOException {
    try (SlpFile slp = SlpFile.open(file)) {
      Labels labels = slp.labels();
      ObjectNode json = mapper.createObjectNode();
      ArrayNode skeletons = json.putArray("skeletons");
      labels.skeletons().forEach(s -> skeletons.add(mapper.valueToTree(s.nodeNames())));
      ArrayNode videos = json.putArray("videos");
      for (Video video : labels.videos()) {
        videos.add(video(slp, video));
      }
      ArrayNode tracks = json.putArray("tracks");
      labels.tracks().forEach(track -> tracks.add(track.name()));
      ArrayNode suggestions = json.putArray("suggestions");
      labels.suggestions().forEach(s -> suggestions.addArray().add(s.video()).add(s.frameIndex()));
      ArrayNode frames = json.putArray("frames");
      labels.frames().forEach(frame -> frames.add(frame(frame)));
      // Through text, so that numbers are of the same types.
      return mapper.readTree(mapper.writeValueAsString(json));
    }
  }

  private static ObjectNode video(SlpFile slp, Video video) throws IOException {
    ObjectNode json = mapper.createObjectNode().put("filename", video.filename());
    if (video.embedded().isPresent()) {
      EmbeddedFrames embedded = video.embedded().get();
      json.put("format", embedded.format().attribute());
      ObjectNode images = json.putObject("images");
      for (int number : embedded.frameNumbers()) {
        byte[] data = slp.image(video, number).orElseThrow().data();
        assertThat(data).isNotEmpty();
        images.put(Integer.toString(number), sha256(data));
      }
    }
    return json;
  }

  private static String sha256(byte[] data) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ObjectNode frame(LabeledFrame frame) {
    ObjectNode json = mapper.createObjectNode();
    json.put("video", frame.video()).put("frame", frame.frameIndex());
    ArrayNode user = json.putArray("user");
    for (Instance instance : frame.instances()) {
      ObjectNode one = user.addObject();
      one.put("skeleton", instance.skeleton()).put("track", instance.track());
      ArrayNode points = one.putArray("points");
      instance.points().forEach(point -> point(points.addArray(), point));
    }
    ArrayNode predicted = json.putArray("predicted");
    for (PredictedInstance instance : frame.predicted()) {
      ObjectNode one = predicted.addObject();
      one.put("skeleton", instance.skeleton()).put("track", instance.track());
      ArrayNode points = one.putArray("points");
      instance
          .points()
          .forEach(found -> point(points.addArray(), found.point()).add(found.score()));
      one.put("score", instance.score()).put("tracking_score", instance.trackingScore());
    }
    return json;
  }

  private static ArrayNode point(ArrayNode list, Point point) {
    coordinate(list, point.x());
    coordinate(list, point.y());
    return list.add(point.visible()).add(point.complete());
  }

  private static void coordinate(ArrayNode list, double value) {
    if (Double.isNaN(value)) {
      list.addNull();
    } else {
      list.add(value);
    }
  }
}
