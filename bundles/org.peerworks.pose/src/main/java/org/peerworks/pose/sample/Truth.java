package org.peerworks.pose.sample;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.peerworks.lib.slp.Point;
import org.peerworks.pose.UserError;

/**
 * Where the parts are in frames that nobody was shown the labels of.
 *
 * @param nodes names of the parts, in the order of each frame's points
 */
record Truth(List<String> nodes, List<Frame> frames) {

  /** One animal in a held-out frame. */
  record Frame(int video, int frameIndex, List<Point> points) {}

  void write(Path file) throws IOException {
    JsonMapper mapper = new JsonMapper();
    ObjectNode json = mapper.createObjectNode();
    ArrayNode names = json.putArray("nodes");
    nodes.forEach(names::add);
    ArrayNode list = json.putArray("frames");
    for (Frame frame : frames) {
      ObjectNode entry =
          list.addObject().put("video", frame.video()).put("frame", frame.frameIndex());
      ArrayNode points = entry.putArray("points");
      for (Point point : frame.points()) {
        points.addObject().put("x", point.x()).put("y", point.y()).put("visible", point.visible());
      }
    }
    Files.writeString(
        file, mapper.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
  }

  static Truth read(Path file) throws UserError, IOException {
    JsonNode json;
    try {
      json = new JsonMapper().readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      throw UserError.data(e, "The truth '%s' is no JSON: %s", file, e.getOriginalMessage());
    }
    List<String> nodes = new ArrayList<>();
    json.path("nodes").forEach(node -> nodes.add(node.asText()));
    List<Frame> frames = new ArrayList<>();
    for (JsonNode entry : json.path("frames")) {
      List<Point> points = new ArrayList<>();
      for (JsonNode point : entry.path("points")) {
        points.add(
            new Point(
                point.path("x").asDouble(Double.NaN),
                point.path("y").asDouble(Double.NaN),
                point.path("visible").asBoolean(),
                true));
      }
      if (points.size() != nodes.size()) {
        throw UserError.data("A frame of the truth '%s' has not a point for each node.", file);
      }
      frames.add(new Frame(entry.path("video").asInt(), entry.path("frame").asInt(), points));
    }
    if (frames.isEmpty()) {
      throw UserError.data("The truth '%s' names no frames.", file);
    }
    return new Truth(nodes, frames);
  }
}
